"""Figures quoted from free reports: which is which by its name, and the sums they have to make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from build_tools.model import Figure
from build_tools.source import plain

_WORDS = re.compile(r"政府信息公开|政府信息|信息|本年度?|全年|当年|年度|[“”\"\s()（）、]")
_TAIL = re.compile(r"(?:的?(?:总数|件数|条数|件次|数量|总量|合计|数|量))$")
_NUMBER = re.compile("[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,3}")
IN_ALL = "累计"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A figure that is a number: its place in the list, its name as printed, and its value."""

    at: int
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Sum:
    """A total with those of its parts that are quoted. `exact`: they are all; `beside` may be among them too."""

    total: Quoted
    parts: tuple[Quoted, ...]
    beside: tuple[Quoted, ...]
    exact: bool

    @property
    def sum(self) -> int:
        """What the parts come to."""
        return sum(part.value for part in self.parts)

    @property
    def holds(self) -> bool:
        """Whether the total is what it has to be."""
        least, most = self.sum, self.sum + sum(part.value for part in self.beside)
        return least <= self.total.value and (not self.exact or self.total.value in {least, most})


def sums(numbers: Mapping[str, Quoted]) -> Iterator[Sum]:
    """The sums of which the total and at least one part are quoted."""
    found = _by_kind(numbers)
    for one in _data()["sums"]:
        parts = tuple(found[kind] for kind in one["parts"] if kind in found)
        if one["total"] in found and parts:
            exact = bool(one["closing"]) and all(kind in found for kind in one["closing"])
            beside = tuple(found[kind] for kind in one.get("beside", ()) if kind in found)
            yield Sum(found[one["total"]], parts, beside, exact)


def in_all(numbers: Mapping[str, Quoted]) -> Iterator[tuple[Quoted, Quoted]]:
    """Figures that count from the beginning, each with that of the year alone."""
    for name, figure in numbers.items():
        if name.startswith(IN_ALL) and (year := numbers.get(name.removeprefix(IN_ALL))):
            yield figure, year


def _by_kind(numbers: Mapping[str, Quoted]) -> Mapping[str, Quoted]:
    """Figures by what they are; none of a kind that is quoted twice."""
    found: dict[str, list[Quoted]] = {}
    for name, figure in numbers.items():
        if name in _kinds():
            found.setdefault(_kinds()[name], []).append(figure)
    return {kind: one for kind, (one, *more) in found.items() if not more}


def numbers_of(figures: Sequence[Figure]) -> Mapping[str, Quoted]:
    """Figures by their bare names; none of a name that comes twice with other values."""
    found: dict[str, Quoted] = {}
    twice = set[str]()
    for at, figure in enumerate(figures):
        name = _TAIL.sub("", _WORDS.sub("", figure.name))
        if _NUMBER.fullmatch(figure.value):
            value = int(figure.value.replace(",", ""))
            if found.setdefault(name, Quoted(at, figure.name, value)).value != value:
                twice.add(name)
    return {name: figure for name, figure in found.items() if name not in twice}


@cache
def _data() -> Mapping[str, Any]:
    text = files(__package__).joinpath("quoted.yml").read_text(encoding="utf-8")
    return cast("Mapping[str, Any]", plain(text))


@cache
def _kinds() -> Mapping[str, str]:
    return {name: kind for kind, names in _data()["names"].items() for name in names}
