"""Findings, waivers and differing labels -> numbered notes, each where it belongs, with marks to and fro.

Errors and warnings are shown to readers; hints of severity info are for editors only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from build_tools.check import Verdict, spell
from build_tools.finding import Finding, Severity
from build_tools.model import Path, Report, Table
from build_tools.render.grid import Head
from build_tools.render.tables import grid

Kind = Literal["error", "warning", "waived", "label"]

WORDS: Mapping[Kind, str] = {
    "error": "有误",
    "warning": "存疑",
    "waived": "原文如此",
    "label": "原文用语",
}


LABELS = "原表标签"
"""Where editors see what a table's labels are printed as."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `target` is the id of the cell, label or words it is about, or empty; `rule` empty for a label.

    `words` are those of the part's text that it speaks of, as offsets.
    """

    number: int
    kind: Kind
    text: str
    rule: str = ""
    reason: str = ""
    target: str = ""
    words: tuple[int, int] | None = None

    @property
    def id(self) -> str:
        return f"note-{self.number}"

    @property
    def word(self) -> str:
        """What sort of note it is, in one word."""
        return WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Annotations:
    """Notes by the part of the page they stand in (a section's or table's id, "" for the whole report).

    `marks` leads from the id of a cell or label to its notes; `untried` counts, by part, the relations that
    could not be tried, `blanks` those that hold if blanks are read as nothing.
    """

    notes: Mapping[str, tuple[Note, ...]]
    marks: Mapping[str, tuple[Note, ...]]
    untried: Mapping[str, int]
    blanks: Mapping[str, int]

    @property
    def all(self) -> tuple[Note, ...]:
        """Every note in the order of the page."""
        return tuple(sorted((n for notes in self.notes.values() for n in notes), key=lambda n: n.number))


_NOTHING = Annotations({}, {}, Counter(), Counter())


def shown(verdict: Verdict) -> tuple[Finding, ...]:
    """The findings that readers see: hints to editors only where the report answers them."""
    return tuple(f for f in verdict.findings if f.severity is not Severity.INFO or f.waived)


def annotate(report: Report, verdict: Verdict) -> Annotations:
    """Put every finding shown to readers, and every label printed otherwise, where it belongs."""
    if not (verdict.findings or verdict.unassessed or any(t.labels for t in report.tables.values())):
        return _NOTHING  # as of most reports
    found: dict[str, list[Note]] = defaultdict(list)
    places, texts = dict(_places(report)), {spell(section.path) for section in report.sections}
    for finding in shown(verdict):
        part = _part(places, finding.path)
        table = report.tables.get(part)
        target = _target(table, finding.path) if table else ""
        kind: Kind = (
            "waived" if finding.waived else "error" if finding.severity is Severity.ERROR else "warning"
        )
        words = finding.words if finding.path in texts else None
        found[part].append(Note(0, kind, finding.message, finding.rule, finding.waived, target, words))
    for id_, table in report.tables.items():
        told = {note.target for note in found[id_]}
        found[id_].extend(note for note in _labels(table) if note.target not in told)
    notes = _numbered(report, found)
    marks: dict[str, list[Note]] = defaultdict(list)
    for note in (n for part in notes.values() for n in part if n.target):
        marks[note.target].append(note)
    untried, blanks = (
        Counter(_part(places, spell(u.path, report)) for u in verdict.unassessed if u.blanks is kind)
        for kind in (False, True)
    )
    return Annotations(notes, {target: tuple(found) for target, found in marks.items()}, untried, blanks)


def flags(report: Report, verdict: Verdict) -> Mapping[str, str]:
    """The rules whose findings are shown on a cell or label, `;` between, by its id."""
    marks = annotate(report, verdict).marks.items() if verdict.findings else ()
    told = {target: dict.fromkeys(note.rule for note in notes if note.rule) for target, notes in marks}
    return {target: ";".join(rules) for target, rules in told.items() if rules}


def _places(report: Report) -> Iterator[tuple[str, str]]:
    """Where editors see a part, and its id."""
    for table in report.tables.values():
        yield table.form.key, table.form.id
        yield f"{LABELS}/{table.form.key}", table.form.id
    for section in report.sections:
        yield spell(section.path), section.id
        whole: Path = section.path[:-1] if report.form.free else section.path
        yield spell(whole), section.id


def _part(places: Mapping[str, str], path: str) -> str:
    """The part that `path` lies in, or empty: the nearest place above it that is known."""
    while path not in places:
        path, _, last = path.rpartition("/")
        if not last or not path:
            return places.get(path, "")
    return places[path]


def _target(table: Table, path: str) -> str:
    """The cell or label a finding is about."""
    label = path.removeprefix(f"{LABELS}/{table.form.key}/")
    return _heads(table).get(label, "") if label != path else grid(table.form).targets.get(path, "")


def _heads(table: Table) -> dict[str, str]:
    """The id of the first cell that bears each official label."""
    heads = [cell for cell in grid(table.form).cells() if isinstance(cell, Head)]
    return {head.label: head.id for head in reversed(heads)}


def _labels(table: Table) -> Iterator[Note]:
    heads = _heads(table) if table.labels else {}
    for official, printed in table.labels.items():
        text = f"原件印作“{printed}”，格式规定为“{official}”" if printed else f"原件没有印“{official}”"
        yield Note(0, "label", text, target=heads.get(official, ""))


def _numbered(report: Report, found: Mapping[str, list[Note]]) -> dict[str, tuple[Note, ...]]:
    """Number the notes in the order the parts stand on the page."""
    number = 0
    numbered: dict[str, tuple[Note, ...]] = {}
    for part in parts(report):
        notes = []
        for note in found.get(part, ()):
            number += 1
            notes.append(replace(note, number=number))
        if notes:
            numbered[part] = tuple(notes)
    return numbered


def parts(report: Report) -> list[str]:
    """The ids of everything that can carry notes, in the order of the page."""
    order = [""]
    if report.form.free:
        return [*order, *(s.id for s in report.sections), *report.tables]
    for section in report.form.sections:
        order.append(section.id)
        if section.table in report.tables:
            order.append(section.table)
    return order
