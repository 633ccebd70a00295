"""What the archive says of a report in short, as a part of its page: sentences, and the changes against last year."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from build_tools.archive import Subject
from build_tools.brief import Figures, Line, brief, change, changed_groups
from build_tools.indicators import Reading, readings
from build_tools.model import Report
from build_tools.render.engine import kept, macro
from build_tools.render.notes import Annotations, Note
from build_tools.render.numbers import signed
from build_tools.render.once import once
from build_tools.render.page import Links

TEMPLATE = "brief.html.jinja"

Told = tuple[str, tuple[Note, ...]]
"""A sentence without its full stop, and the notes that say more."""


def brief_part(subject: Subject, annotations: Annotations, go: Links) -> Markup:
    """The part with which the page begins. Most lines and rows stand on many pages, so they are kept."""
    report, last = subject.report, subject.last
    figures, before = _figures(report), _figures(last) if last else None
    line = kept(TEMPLATE, "line")
    lines = [line(*_line(said, annotations)) for said in brief(subject, figures, before)]
    alike = before is not None and before.read and figures.read and not subject.lineage_changed
    changes = _changes(figures, before, go) if before and alike else Markup()
    return macro(TEMPLATE, "brief")(_joined(lines), changes)


@once(64)  # a report is looked at again as the year before the next
def _figures(report: Report) -> Figures:
    return Figures.of(report, readings(report))


def _line(line: Line, annotations: Annotations) -> tuple[str, tuple[Told, ...]]:
    return line.about, tuple((said.text, _notes(said.rules, annotations)) for said in line.said)


def _notes(rules: tuple[str, ...], annotations: Annotations) -> tuple[Note, ...]:
    return tuple(note for note in annotations.all if note.rule in rules) if rules else ()


def _changes(figures: Figures, before: Figures, go: Links) -> Markup:
    now, then, report = figures.read, before.read, figures.report
    group = macro(TEMPLATE, "group")
    groups = [
        group(one.label, _joined([_row(id_, then.get(id_), now.get(id_)) for id_ in ids]))
        for one, ids in changed_groups(figures, before)
    ]
    last = go.report(report.unit, report.year - 1)
    return macro(TEMPLATE, "changes")(report.year, last, _joined(groups))


@lru_cache(maxsize=4096)
def _row(id_: str, before: Reading | None, now: Reading | None) -> Markup:
    one = change(id_, before, now)
    told = "" if one.difference is None else signed(one.difference)
    return macro(TEMPLATE, "row")(one.label, one.before, one.now, told, one.apart)


def _joined(pieces: list[Markup]) -> Markup:
    return Markup("".join(pieces))  # noqa: S704  # the templates escape
