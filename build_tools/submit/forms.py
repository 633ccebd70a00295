"""An official form -> what a browser needs to draw, fill in, check and write a report in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from build_tools.form import Column, Form, Line, Row, SectionForm, TableForm
from build_tools.forms.relations import relation_entry
from build_tools.forms.shape import printed_labels
from build_tools.render.grid import GridCell, Head, Slot
from build_tools.render.tables import grid
from build_tools.rules.aids.words import level


def form_entry(form: Form) -> dict[str, Any]:
    """What a list of forms says of one."""
    return {
        "id": form.id,
        "slug": form.slug,
        "name": form.name,
        "free": form.free,
        "first": form.first,
        "obligatory": form.obligatory,
        "last": form.last,
    }


def form_data(form: Form) -> dict[str, Any]:
    """The whole form. Labels to be recognised are levelled: width, white space and quotation marks are gone."""
    return {
        **form_entry(form),
        "sections": [_section(section) for section in form.sections],
        "tables": [_table(table) for table in form.tables.values()],
    }


def _section(section: SectionForm) -> dict[str, Any]:
    return {
        "id": section.id,
        "key": section.key,
        "title": section.title,
        "heading": section.heading,
        "table": section.table,
    }


def _table(table: TableForm) -> dict[str, Any]:
    shared = list(dict.fromkeys(line.columns for line in table.lines.values()))
    above = {id_: groups for block in table.blocks for id_, groups in _above(block.rows, ())}
    return {
        "id": table.id,
        "key": table.key,
        "name": table.name,
        "title": table.title,
        "layout": table.layout,
        "printed": list(printed_labels(table)),
        "blocks": len(table.blocks),
        "columns": [[_column(column) for column in columns] for columns in shared],
        "lines": [_line(line, above[id_], shared.index(line.columns)) for id_, line in table.lines.items()],
        "relations": [relation_entry(relation) for relation in table.relations],
        "grid": _grid(table),
    }


def _column(column: Column) -> dict[str, Any]:
    found = {"id": column.id, "label": column.label, **_known(column)}
    marks = {"signed": column.signed, "money": column.money, "unit": column.unit}
    return found | {name: value for name, value in marks.items() if value}


def _line(line: Line, above: tuple[str, ...], columns: int) -> dict[str, Any]:
    """A row with cells; `columns` is the number of its columns among those of the table."""
    row = line.row
    return {
        "id": row.id,
        "label": row.label,
        "keys": list(row.keys),
        **_known(row),
        "above": list(above),
        "columns": columns,
    }


def _known(part: Row | Column) -> dict[str, list[str]]:
    """The labels it is recognised by: those as good as its own, and variants, which are recorded as printed."""
    good = list(dict.fromkeys(map(level, (part.label, *part.accepted))))
    variants = [text for text in dict.fromkeys(map(level, part.variants)) if text not in good]
    return {"known": good, "variants": variants} if variants else {"known": good}


def _above(rows: tuple[Row, ...], groups: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rows with cells in printed order, with the levelled labels above each."""
    for row in rows:
        if row.id:
            yield row.id, groups
        yield from _above(row.rows, (*groups, level(row.label)))


def _grid(table: TableForm) -> dict[str, Any]:
    """How the table is drawn: the same layout as on the pages of reports."""
    laid = grid(table)
    parts = [
        {"head": part.head, "rows": [[_cell(cell, scoped=laid.scoped) for cell in row] for row in part.rows]}
        for part in laid.parts
    ]
    return {"stubs": laid.stubs, "width": laid.width, "scoped": laid.scoped, "parts": parts}


def _cell(cell: GridCell, *, scoped: bool) -> dict[str, Any]:
    size = {"wide": cell.colspan, "high": cell.rowspan}
    found: dict[str, Any] = {name: value for name, value in size.items() if value > 1}
    if isinstance(cell, Slot):
        found |= {"row": cell.row, "at": cell.position}
        return found if scoped else found | {"headers": " ".join(cell.headers)}
    found["label"] = cell.label
    if isinstance(cell, Head):
        return found | {"id": cell.id, "scope": cell.scope, "level": cell.level}
    return found | {"part": cell.part}
