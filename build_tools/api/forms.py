"""An official form -> its document: complete, so that a program can read, draw, fill in and check a report by it."""

from __future__ import annotations

from typing import Any

from build_tools.api.addresses import Links, form_file
from build_tools.form import Block, Column, ColumnGroup, Form, Row, SectionForm, TableForm
from build_tools.forms.relations import relation_entry
from build_tools.glossary import entry
from build_tools.indicators import REQUESTS, place

_HERE = Links(1)


def form_document(form: Form) -> dict[str, Any]:
    """The form; its tables in printed order."""
    received = place(REQUESTS, tuple(form.tables.values()))
    return {
        **form_entry(form, _HERE),
        "instrument": form.instrument,
        "about": form.about,
        "expires": form.expires,
        "free": form.free,
        "received": dict(zip(("table", "row", "column"), received, strict=True)) if received else None,
        "leftovers": list(form.leftovers),
        "sections": [_section(section) for section in form.sections],
        "tables": [_table(table) for table in form.tables.values()],
    }


def form_entry(form: Form, here: Links) -> dict[str, Any]:
    """What a list says of a form."""
    return {
        "id": form.id,
        "slug": form.slug,
        "name": form.name,
        "first": form.first,
        "obligatory": form.obligatory,
        "last": form.last,
        "href": here.api(form_file(form)),
        "page": here.page(f"forms/{form.slug}/"),
    }


def _section(section: SectionForm) -> dict[str, Any]:
    return {
        "id": section.id,
        "key": section.key,
        "number": section.number,
        "heading": section.heading,
        "title": section.title,
        "variants": list(section.variants),
        "table": section.table or None,
    }


def _table(table: TableForm) -> dict[str, Any]:
    return {
        "id": table.id,
        "key": table.key,
        "name": table.name,
        "title": table.title,
        "layout": table.layout,
        "blocks": [_block(block, table) for block in table.blocks],
        "relations": [relation_entry(relation) for relation in table.relations],
    }


def _block(block: Block, table: TableForm) -> dict[str, Any]:
    return {
        "caption": block.caption,
        "stub": block.stub,
        "corner": block.corner,
        "columns": [_column(column) for column in block.columns],
        "rows": [_row(row, table) for row in block.rows],
    }


def _column(column: Column | ColumnGroup) -> dict[str, Any]:
    if isinstance(column, ColumnGroup):
        return {"label": column.label, "columns": [_column(below) for below in column.columns]}
    return {
        "id": column.id,
        "label": column.label,
        "accepted": list(column.accepted),
        "variants": list(column.variants),
        "signed": column.signed,
        "money": column.money,
        "unit": column.unit,
        "decimals": column.decimals,
    }


def _row(row: Row, table: TableForm) -> dict[str, Any]:
    said = entry(table, row.id) if row.id else None
    return {
        "id": row.id or None,
        "label": row.label,
        "keys": list(row.keys),
        "accepted": list(row.accepted),
        "variants": list(row.variants),
        "law": said.law if said else "",
        "means": said.means if said else "",
        "unit": row.unit,
        "money": row.money,
        "unconfirmed": row.unconfirmed,
        "rows": [_row(below, table) for below in row.rows],
    }
