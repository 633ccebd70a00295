"""Two versions of a report's file -> what the one says and the other does not. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from build_tools.decode import decode
from build_tools.form import Form
from build_tools.hiding import hidden
from build_tools.history.change import CellChange, Difference, PartChange, Unread, Value
from build_tools.model import Report, Table
from build_tools.source import decode_bytes, parse

PARTS = {
    "form": "格式",
    "title": "标题",
    "published": "公布日期",
    "scope": "范围",
    "printed_unit": "单位名称",
    "source": "来源",
    "note": "转录说明",
    "figures": "数据",
    "labels": "原表标签",
    "extra": "多出的行",
    "waivers": "确认",
}
"""The parts of a report but its cells and its text, by id; the names are those of the report file."""

SECTION = "section."
"""How the id of a part of the text begins."""


def difference(
    unit: str, year: int, old: bytes | None, new: bytes | None, forms: Mapping[str, Form]
) -> Difference:
    """What differs between two versions of the report of `unit` on `year`; None is one too large to be read."""
    if old == new:  # moved only
        return Difference()
    return between(read(unit, year, old, forms), read(unit, year, new, forms))


def between(before: Report | None, after: Report | None) -> Difference:
    """What differs between two versions of a report; None is one that cannot be read."""
    if before and after:
        return compare(before, after)
    return Difference(unread=tuple(w for w, r in zip(Unread, (before, after), strict=True) if r is None))


def read(unit: str, year: int, data: bytes | None, forms: Mapping[str, Form]) -> Report | None:
    """The report in a version of a file, as readers may see it; None where there is none that can be read."""
    if data is None:
        return None
    text, problems = decode_bytes(data)
    report = None if problems else decode(parse(text), unit, year, forms)[0]
    return report and hidden(report)


def compare(old: Report, new: Report) -> Difference:
    """What differs between two reports."""
    return Difference(tuple(_cells(old, new)), (*_parts(old, new), *_sections(old, new)))


def _cells(old: Report, new: Report) -> Iterator[CellChange]:
    for id_ in dict.fromkeys([*new.tables, *old.tables]):
        before, after = old.tables.get(id_), new.tables.get(id_)
        if not (before and after and before.form is after.form and before.rows == after.rows):
            yield from _table(before, after)


def _table(old: Table | None, new: Table | None) -> Iterator[CellChange]:
    before, after = _values(old), _values(new)
    for table, places in ((new, after), (old, {p: v for p, v in before.items() if p not in after})):
        for row, column in places if table else ():
            values = before.get((row, column)), after.get((row, column))
            if table and values[0] != values[1]:
                id_ = f"{table.form.id}.{row}.{column}"
                yield CellChange(id_, table.form.where(row, column), *values)


def _values(table: Table | None) -> dict[tuple[str, str], Value]:
    """What stands in each cell, by row and column, in the order of the form."""
    if table is None:
        return {}
    return {
        (row, column.id): Value(cell.raw, cell.state.value)
        for row, line in table.form.lines.items()
        for column, cell in zip(line.columns, table.rows[row], strict=True)
    }


def _parts(old: Report, new: Report) -> Iterator[PartChange]:
    before, after = _beside(old), _beside(new)
    return (PartChange(id_, name) for id_, name in PARTS.items() if before[id_] != after[id_])


def _beside(report: Report) -> Mapping[str, object]:
    """What a report says beside its cells and its text, by the ids of PARTS."""
    tables = report.tables.items()
    return {
        "form": (report.form.id, [(id_, table.form_id) for id_, table in tables]),
        "title": report.title,
        "published": report.published,
        "scope": report.scope,
        "printed_unit": report.printed_unit,
        "source": report.origin,
        "note": report.note,
        "figures": report.figures,
        "labels": (report.headings, [(id_, table.labels) for id_, table in tables if table.labels]),
        "extra": [(id_, table.extra) for id_, table in tables if table.extra],
        "waivers": [(w.rule, w.where, w.reason, w.date) for w in report.waivers],
    }


def _sections(old: Report, new: Report) -> Iterator[PartChange]:
    """The parts of the text, each once. Chapters of a report in no form have no ids that stay: headings stand for them."""
    before, after = (Counter((_key(r, s.id, s.heading), s.text) for s in r.sections) for r in (old, new))
    changed = {key for (key, _) in (before - after) + (after - before)}
    for report in (new, old):
        for section in report.sections:
            key = _key(report, section.id, section.heading)
            if key in changed:
                changed.remove(key)
                yield PartChange(SECTION + section.id, section.heading or "正文")


def _key(report: Report, id_: str, heading: str) -> str:
    return heading if report.form.free else id_
