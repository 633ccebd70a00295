"""How well and how fast near copies are found: `python -m tests.copiesbench REPORTS [FOLDER]`.

Synthetic reports, of which some are made anew as copies of others: with other figures and names, with so many characters
changed, with paragraphs moved or added. What is planted is known, so what is missed and what is wrong can be counted.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.archive import Subject, chain
from build_tools.copies.county import CountyWords
from build_tools.copies.likeness import likeness
from build_tools.copies.own import names_of
from build_tools.copies.reread import ANOTHERS, Reader
from build_tools.county import County, read_county
from build_tools.files import write_text
from build_tools.rules import RULES
from build_tools.rules.view import View
from build_tools.store import Store
from build_tools.write import report_text
from tests.synthetic import Place, archive, places, report
from tests.synthetic_words import Dice

EVERY = 20
"""One report in so many is made a copy."""


@dataclass(frozen=True)
class Planted:
    """A copy and what it was made of, by their files, and how."""

    copy: str
    model: str
    how: str


def plant(root: Path, count: int) -> list[Planted]:
    """Write an archive of `count` reports of which some are copies."""
    archive(root, count)
    filed = _filed(root, count)
    planted = []
    for number, at in enumerate(range(EVERY, count, EVERY)):
        place, year = filed[at]
        made = report(place, year)
        earlier = range(at - 1, -1, -1) if number % 3 == 0 else _drawn(at)
        models = (filed[one] for one in earlier if not made.form.free)
        model, other, before = next(
            ((found, *one) for one in models if (found := report(*one)).form.id == made.form.id),
            (None, place, year),
        )
        if model is None:
            continue
        how, change = list(HOW.items())[number % len(HOW)]
        sections = tuple(
            replace(one, text=change(_renamed(one.text, other, place, before, year), Dice(how, at, one.id)))
            for one in model.sections
        )
        file = _file(place, year)
        write_text(root / "reports" / file, report_text(replace(made, sections=sections)))
        planted.append(Planted(file, _file(other, before), how))
    return planted


def _drawn(at: int) -> Iterator[int]:
    """Reports before this one in no order, anywhere in the country."""
    dice = Dice("model", at)
    return (dice.below(at) for _ in range(50))


def _filed(root: Path, count: int) -> list[tuple[Place, int]]:
    found = places(Store(root).register())
    return [next(found) for _ in range(count)]


def _file(place: Place, year: int) -> str:
    id_ = place.unit.id
    return f"{id_[:2]}/{id_[:6]}/{id_}/{year}.yml"


def _renamed(text: str, old: Place, new: Place, before: int, year: int) -> str:
    return text.replace(old.unit.name, new.unit.name).replace(str(before), str(year))


def _figures(text: str, dice: Dice) -> str:
    return "".join(str(dice.below(9) + 1) if char.isdecimal() else char for char in text)


def _letters(text: str, dice: Dice) -> str:
    """Two characters in a hundred are others."""
    return "".join(chr(0x4E00 + dice.below(3000)) if dice.rare(50) else char for char in text)


def _moved(text: str, dice: Dice) -> str:
    parts = text.split("\n\n")
    at = dice.below(len(parts))
    return "\n\n".join((*parts[at:], *parts[:at]))


def _added(text: str, dice: Dice) -> str:
    made = "".join(chr(0x4E00 + dice.below(3000)) for _ in range(len(text) // 10))
    return f"{text}\n\n{made}。"


HOW: dict[str, Callable[[str, Dice], str]] = {
    "figures": _figures,
    "letters": _letters,
    "moved": _moved,
    "added": _added,
}


def measure(root: Path, planted: list[Planted]) -> Iterator[str]:
    """Recall, seconds and memory of the command; what it finds it has compared in full, so all of it is alike."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "build_tools", "copies", "--format", "json", "--root", str(root)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    seconds = time.perf_counter() - start
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    pairs = {frozenset((one["here"]["file"], one["there"]["file"])) for one in told if one["similarity"]}
    reader = Reader(Store(root), Store(root).register())
    due = [one for one in planted if _likeness(reader, one) >= ANOTHERS]
    alike = _groups(pairs)
    missed = [one for one in due if not alike(f"reports/{one.copy}", f"reports/{one.model}")]
    known = {f"reports/{file}" for one in planted for file in (one.copy, one.model)}
    yield f"{len(planted)} copies planted, {len(due)} of them alike by {ANOTHERS:.0%} or more"
    yield f"recall {1 - len(missed) / max(len(due), 1):.4f}; missed: {dict(Counter(one.how for one in missed))}"
    yield f"{len(pairs)} pairs told of, {sum(not pair <= known for pair in pairs)} of them not planted"
    yield f"{seconds:.1f} s, largest process {largest:.0f} MB"


def _likeness(reader: Reader, one: Planted) -> float:
    here, there = reader.again(one.copy), reader.again(one.model)
    return likeness(here.shingles, there.shingles) if here and there else 0.0


def _groups(pairs: set[frozenset[str]]) -> Callable[[str, str], bool]:
    """Whether two are joined by pairs: a copy of a copy may be told of as one of the first."""
    group: dict[str, str] = {}

    def top(file: str) -> str:
        while group.setdefault(file, file) != file:
            file = group[file]
        return file

    for pair in pairs:
        here, there = sorted(pair)
        group[top(there)] = top(here)
    return lambda here, there: top(here) == top(there)


def rules(root: Path) -> str:
    """What the rules of this chapter cost a report, every county's words made ready anew."""
    store = Store(root)
    register = store.register()
    counties = [read_county(store, store.county(*one), register, 2026) for one in store.counties()]
    ours = [rule for rule in RULES if rule.id.startswith("DU-")]
    best = {"these rules": float("inf"), "all rules": float("inf")}
    for name, chosen in (("these rules", ours), ("all rules", RULES)) * 3:
        start = time.process_time()
        for subject in (one for county in counties for one in _together(county)):
            view = View.of(subject)
            for rule in chosen:
                if rule.check and rule.holds_for(subject.report.year):
                    list(rule.check(view))
        best[name] = min(best[name], time.process_time() - start)
    count = sum(len(holding.filed) for county in counties for holding in county.holdings)
    return ", ".join(f"{name} {1000 * seconds / count:.3f} ms a report" for name, seconds in best.items())


def _together(county: County) -> Iterator[Subject]:
    subjects = [filed.subject for holding in county.holdings for filed in holding.filed]
    beside = CountyWords((s.unit, s.report, names_of(s.unit, chain(s.register, s.unit.id))) for s in subjects)
    return (replace(subject, words=beside) for subject in subjects)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else scratch) / "archive"
        made = plant(folder, int(sys.argv[1]))
        for line in measure(folder, made):
            print(line)
        if len(made) * EVERY < 5000:  # more would have to be held in memory
            print(rules(folder))
