"""The queries of the truth test: those of tests/cases/search_queries.yml with their slots filled, and cuts from texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin
from ruamel.yaml import YAML

from tests.searchtruth import END, Truth
from tests.synthetic_words import Dice, characters

FILE = Path(__file__).parent / "cases/search_queries.yml"
CUTS = "18 随机截取"
COMMON = 3755  # characters of the first level of GB 2312
_TOKEN = re.compile("[0-9]+|.", re.DOTALL)
_TYPE = re.compile("(?<=..)(?:街道|[镇乡县区市旗])$")
_AWKWARD = re.compile('[-－ "“”「」『』\u0000-\u001f]')  # what the query language would take for its own


@dataclass(frozen=True)
class Query:
    """A query, its class, and what is expected besides what plain search says."""

    kind: str
    text: str
    means: str = ""
    suggests: str = ""
    absent: bool = False

    def wanted(self, truth: Truth) -> set[str]:
        """The reports that must be found."""
        return truth.find(self.text) | (truth.find(self.means) if self.means else set())


def queries(truth: Truth) -> list[Query]:
    """All queries for an archive, each once."""
    data = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    found = [query for group in data for query in _group(truth, group)]
    return list({query.text: query for query in found}.values())


def _group(truth: Truth, group: Mapping[str, Any]) -> Iterator[Query]:
    kind = group["class"]
    for n, template in enumerate(group.get("queries", ())):
        for turn in range(group["times"]):
            yield Query(kind, template.format_map(_slots(truth, n * 7 + turn * 31)))
    for text in group.get("fixed", ()):
        yield Query(kind, str(text), absent=bool(group.get("absent")))
    for pair in group.get("pairs", ()):
        yield Query(kind, pair["q"], means=pair["means"])
    known = "\n".join(truth.names.values())
    for n, pair in enumerate(group.get("suggests", ())):
        for turn in range(group["times"] if "{" in pair["q"] else 1):
            slots = _slots(truth, n * 7 + turn * 31)
            text, name = pair["q"].format_map(slots), pair["name"].format_map(slots)
            if name in known:
                yield Query(kind, text, suggests=name)


def _slots(truth: Truth, turn: int) -> dict[str, str]:
    """Names round one unit of the archive."""
    units = [id_ for id_ in sorted(truth.units) if len(id_) == 9]
    unit = units[turn * 13 % len(units)]
    province, *middle, county = truth.places(unit)
    town = str(truth.units[unit]["名称"])
    return {
        "province": province,
        "prefecture": "".join(middle),
        "county": county,
        "county_core": _TYPE.sub("", county),
        "town": town,
        "core": _TYPE.sub("", town),
        "unit": "".join(truth.places(unit)) + town,
        "slip": _slip(town, turn),
        "county_slip": _slip(county, turn),
        "pinyin": _pinyin(_TYPE.sub("", town)),
        "county_pinyin": _pinyin(county),
    }


def _pinyin(name: str) -> str:
    return "".join(lazy_pinyin(name))


@cache
def _alike() -> Mapping[str, list[str]]:
    """Common characters by their sound."""
    found: dict[str, list[str]] = defaultdict(list)
    for char in characters()[:COMMON]:
        found[_pinyin(char)].append(char)
    return found


def _slip(name: str, turn: int) -> str:
    """The name with another character of the same sound."""
    at = turn % (len(name) - 1)
    alike = [char for char in _alike()[_pinyin(name[at])] if char != name[at]]
    return name[:at] + Dice("slip", name, turn).pick(alike or [name[at]]) + name[at + 1 :]


def cuts(truth: Truth, count: int) -> list[Query]:
    """Substrings of the texts, two to twelve tokens long; they begin and end where tokens do."""
    found: dict[str, Query] = {}
    dice = Dice("cuts", len(truth.shelves))
    while len(found) < count:
        block = dice.pick(dice.pick(truth.shelves).own.split(END))
        tokens = _TOKEN.findall(block)
        length = min(len(tokens), 2 + dice.below(11))
        at = dice.below(len(tokens) - length + 1)
        text = "".join(tokens[at : at + length])
        if len(text) > 1 and not _AWKWARD.search(text):
            found.setdefault(text, Query(CUTS, text))
    return list(found.values())


@dataclass
class Score:
    """Recall and precision over the queries of a class, each query weighing the same."""

    recall: list[float] = field(default_factory=list)
    precision: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, query: Query, found: set[str], wanted: set[str]) -> None:
        """Take in one query's result."""
        both = len(found & wanted)
        self.recall.append(both / len(wanted) if wanted else 1.0)
        self.precision.append(both / len(found) if found else 1.0)
        if wanted - found:
            self.faults.append(f"{query.text!r} misses {len(wanted - found)}: {sorted(wanted - found)[:3]}")
        if found - wanted:
            self.faults.append(
                f"{query.text!r} has {len(found - wanted)} too many: {sorted(found - wanted)[:3]}"
            )


def scores(asked: Iterable[tuple[Query, Iterable[str]]], truth: Truth) -> dict[str, Score]:
    """By class how good results are."""
    found: dict[str, Score] = defaultdict(Score)
    for query, ids in asked:
        found[query.kind].add(query, set(ids), query.wanted(truth))
    return found
