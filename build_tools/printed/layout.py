"""Report -> how its paper is laid out: the title, the parts of the form with their prose, the tables as printed.

The form files alone decide. What the archive knows beside what was published (source, notes, waivers) is not printed.
Each part has an anchor, a name that is not seen: it tells who reads the file back what the words alone do not, as
which part a text without heading belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.decode import AGGREGATED
from build_tools.model import Report
from build_tools.printed.sheet import Sheet, sheet
from build_tools.render.sections import heading

MARK = "nianbao_"
"""How every anchor begins: letters, digits and low lines, which Word, Excel and HTML all allow."""

BARE = f"{MARK}bare_"
"""How the anchors of bare parts begin."""

TITLE = f"{MARK}title"


@dataclass(frozen=True, slots=True)
class Detail:
    """What stands below the title, such as the day of publication."""

    anchor: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the paper; `heading` is empty where none is printed, `text` is Markdown.

    `bare`: the report's prose has no such part, not even an empty one; it is there for its heading or its table.
    """

    anchor: str
    heading: str
    text: str = ""
    sheet: Sheet | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A report as it is printed. `id` is unit and year."""

    id: str
    title: str
    details: tuple[Detail, ...]
    parts: tuple[Part, ...]


def printed(report: Report) -> Printed:
    """Lay a report out."""
    parts = (*_parts(report), *_loose(report))
    return Printed(report.id, report.title, tuple(_details(report)), parts)


def _details(report: Report) -> Iterator[Detail]:
    """In the words of the report files."""
    values = (
        ("printed_unit", "单位名称", report.printed_unit),
        ("published", "公布日期", report.published),
        ("scope", "范围", AGGREGATED if report.aggregated else ""),
    )
    yield from (Detail(MARK + name, label, text) for name, label, text in values if text)


def _parts(report: Report) -> Iterator[Part]:
    if report.form.free:
        yield from (Part(MARK + s.id, s.heading, s.text) for s in report.sections)
        return
    texts = {section.id: section.text for section in report.sections}
    for section in report.form.sections:
        table = report.tables.get(section.table)
        shown, _ = heading(report, section)
        if section.id in texts:
            text = texts[section.id]
            yield Part(MARK + section.id, shown or "", text, sheet(table, MARK) if table else None)
        elif table or (shown and section.heading in report.headings):
            yield Part(BARE + section.id, shown or "", "", sheet(table, MARK) if table else None, bare=True)


def _loose(report: Report) -> Iterator[Part]:
    """The tables that belong to no part, under their own title."""
    placed = {section.table for section in report.form.sections}
    for id_, table in report.tables.items():
        if id_ not in placed:
            yield Part(BARE + id_, table.form.title, "", sheet(table, MARK), bare=True)
