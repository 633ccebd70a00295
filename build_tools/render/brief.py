"""What the archive says of a report in short, as a part of its page: sentences, and the changes against last year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup

from build_tools.archive import Subject
from build_tools.brief import Figures, Line, brief, change, changed_groups
from build_tools.indicators import Group, Reading, readings
from build_tools.model import Report
from build_tools.render.engine import macro
from build_tools.render.notes import Annotations, Note
from build_tools.render.once import once
from build_tools.render.page import Links

Told = tuple[str, tuple[Note, ...]]
"""A sentence without its full stop, and the notes that say more."""


def brief_part(subject: Subject, annotations: Annotations, go: Links) -> Markup:
    """The part with which the page begins."""
    report, last = subject.report, subject.last
    figures, before = _figures(report), _figures(last) if last else None
    lines = tuple(_line(line, annotations) for line in brief(subject, figures, before))
    alike = before is not None and before.read and figures.read and not subject.lineage_changed
    table = tuple(_rows(figures, before)) if before and alike else ()
    return macro("brief.html.jinja", "brief")(lines, report.year, table, go, report.unit)


@once(64)  # a report is looked at again as the year before the next
def _figures(report: Report) -> Figures:
    return Figures.of(report, readings(report))


def _line(line: Line, annotations: Annotations) -> tuple[str, tuple[Told, ...]]:
    return line.about, tuple((said.text, _notes(said.rules, annotations)) for said in line.said)


def _notes(rules: tuple[str, ...], annotations: Annotations) -> tuple[Note, ...]:
    return tuple(note for note in annotations.all if note.rule in rules) if rules else ()


def _rows(figures: Figures, before: Figures) -> Iterator[tuple[Group, Markup]]:
    now, then = figures.read, before.read
    for group, ids in changed_groups(figures, before):
        rows = [_row(id_, then.get(id_), now.get(id_)) for id_ in ids]
        yield group, Markup("".join(rows))  # noqa: S704  # the template escapes


@lru_cache(maxsize=4096)
def _row(id_: str, before: Reading | None, now: Reading | None) -> Markup:
    return macro("brief.html.jinja", "row")(*change(id_, before, now))
