"""Checks the archive county by county. What was found is kept, and looked up where a county has not changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from build_tools import facts
from build_tools.archive import Register
from build_tools.check import place
from build_tools.clock import moment
from build_tools.county import read_county
from build_tools.facts import CountyFacts, facts_of
from build_tools.files import UnreadableError, digest
from build_tools.finding import Finding, Problem, finding_of
from build_tools.former import Former
from build_tools.keys import code_key
from build_tools.records import Record, Records, as_line
from build_tools.store import DIVISIONS, Store
from build_tools.workers import Spread


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A county that was checked: its report files, all findings, and what lists need to know of it."""

    facts: CountyFacts
    files: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def told(self) -> str:
        """The same as one line of JSON."""
        found = [astuple(finding) for finding in self.findings]
        return as_line([facts.as_json(self.facts), self.files, found])

    def only(self, wanted: Sequence[str]) -> Surveyed:
        """What concerns the wanted files and folders; everything where none are named."""
        files = tuple(file for file in self.files if _wants(wanted, file))
        return replace(self, files=files, findings=tuple(f for f in self.findings if _wants(wanted, f.file)))

    def since(self, changed: Collection[str]) -> Surveyed:
        """What concerns the changed files, and errors in others: a changed report can put that on the next year wrong."""
        files = tuple(file for file in self.files if file in changed)
        findings = tuple(f for f in self.findings if f.file in changed or f.blocks)
        return replace(self, files=files, findings=findings)


def _heard(told: str) -> Surveyed:
    known, files, findings = json.loads(told)
    return Surveyed(facts.heard(known), tuple(files), tuple(finding_of(finding) for finding in findings))


def survey(
    store: Store, now: int, spread: Spread, cache: Path, paths: Sequence[Path] = ()
) -> Iterator[Surveyed]:
    """Check the archive, or those counties that hold one of `paths`, and yield what was found county by county.

    With paths, only findings on files at or below one of them are kept. `cache` is the folder of what is kept.
    """
    wanted = tuple(store.relative(path) for path in paths)
    absent = [
        place(_absent(file), None, file)
        for path, file in zip(paths, wanted, strict=True)
        if not path.exists()
    ]
    above = [place(problem, None, file) for file, problem in store.faults()]
    found = (fault for fault in above if _wants(wanted, fault.file))
    yield Surveyed(CountyFacts(""), findings=(*absent, *found))
    register, (former, _) = store.register(), store.former()
    made_of = ((store.reports / DIVISIONS).read_bytes(), now, code_key())
    records = Records(cache / "survey", digest(repr(made_of).encode()), former.keys())
    shared = Surveyor(store, register, now, former, records)
    counties = (job for job in store.counties() if _concerns(wanted, store.relative(job[1])))
    for surveyed in spread(survey_county, shared, counties):
        yield surveyed.only(wanted)


@dataclass(frozen=True, slots=True)
class Surveyor:
    """What is needed to check a county."""

    store: Store
    register: Register
    now: int
    former: Former
    records: Records


def survey_county(shared: Surveyor, job: tuple[str, Path]) -> Surveyed:
    """What was found in a county the last time if it has not changed since, else what is found now."""
    code, folder = job
    if record := shared.records.fresh(code, folder, shared.store.holds):
        return _heard(record.told)
    when, seen = moment(), shared.records.look(code, folder)
    inside = shared.store.county(code, folder)
    county = read_county(shared.store, inside, shared.register, shared.now, shared.former)
    surveyed = Surveyed(
        facts_of(county),
        files=tuple(file for unit in inside.units for _, file in unit.reports),
        findings=county.findings,
    )
    with suppress(UnreadableError):  # an archive that cannot be written to can be checked all the same
        key = shared.records.key(code, seen, {})
        shared.records.write(code, Record(key, when, seen, {}, "", "", surveyed.told()))
    return surveyed


def _concerns(wanted: Sequence[str], folder: str) -> bool:
    """Whether something wanted lies in the folder, or the folder in it."""
    return not wanted or any(_below(folder, file) or _below(file, folder) for file in wanted)


def _wants(wanted: Sequence[str], file: str) -> bool:
    return not wanted or any(_below(file, top) for top in wanted)


def _below(file: str, top: str) -> bool:
    return top == "." or f"{file}/".startswith(f"{top}/")


def _absent(file: str) -> Problem:
    return Problem((), f"没有 {file} 这个文件或目录", "检查路径，注意大小写。", rule="YAML-PATH")
