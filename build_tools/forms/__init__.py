"""The official forms as data files, and the reader that freezes them.

A form issued tomorrow is one more YAML file in this folder; nothing here knows a form by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast

from build_tools.form import (
    Block,
    Column,
    ColumnGroup,
    Form,
    Line,
    Relation,
    Row,
    SectionForm,
    TableForm,
    Term,
)
from build_tools.source import plain

_Data = Mapping[str, Any]
"""A mapping as it stands in a form file; it does not leave this module."""


@cache
def official() -> Mapping[str, Form]:
    """The forms that come with the package, by id, in the order of the years they were issued for."""
    return load(
        path.read_text(encoding="utf-8")
        for path in files(__package__).iterdir()
        if path.name.endswith(".yml")
    )


def load(texts: Iterable[str]) -> Mapping[str, Form]:
    """Freeze form files into forms by id; raise ValueError for a file that is no form."""
    forms = sorted(
        (_form(cast("_Data", plain(text))) for text in texts), key=lambda form: (form.first or 0, form.id)
    )
    return MappingProxyType({form.id: form for form in forms})


def _form(data: _Data) -> Form:
    relations = [_relation(relation) for relation in data["relations"]]
    tables = [_table(table, relations) for table in data["tables"]]
    return Form(
        id=data["id"],
        name=data["name"],
        instrument=data["instrument"],
        about=data["about"],
        sections=tuple(
            SectionForm(**{**s, "variants": tuple(s.get("variants", ()))}) for s in data["sections"]
        ),
        tables=MappingProxyType({table.id: table for table in tables}),
        first=_year(data, "first"),
        obligatory=_year(data, "obligatory"),
        last=_year(data, "last"),
        expires=_flag(data, "expires"),
        free=_flag(data, "free"),
        leftovers=tuple(data.get("leftovers", ())),
    )


def _table(data: _Data, relations: Iterable[Relation]) -> TableForm:
    blocks = tuple(_block(block) for block in data["blocks"])
    lines = {
        row.id: Line(row, tuple(_column_of(row, column) for column in _leaves(block.columns)))
        for block in blocks
        for row in _data_rows(block.rows)
    }
    kept = {key: data[key] for key in ("id", "key", "name", "title", "layout")}
    own = tuple(relation for relation in relations if relation.table == data["id"])
    additive = tuple(data.get("additive", ()))
    return TableForm(**kept, blocks=blocks, lines=MappingProxyType(lines), relations=own, additive=additive)


def _block(data: _Data) -> Block:
    texts = {key: data.get(key, "") for key in ("caption", "stub", "corner")}
    return Block(
        tuple(_column(c) for c in data["columns"]), tuple(_row(r, ()) for r in data["rows"]), **texts
    )


def _column(data: _Data) -> Column | ColumnGroup:
    if "columns" in data:
        return ColumnGroup(data["label"], tuple(_column(c) for c in data["columns"]))
    return Column(
        id=data["id"],
        label=data["label"],
        accepted=tuple(data.get("accepted", ())),
        variants=tuple(data.get("variants", ())),
        signed=_flag(data, "signed"),
        money=_flag(data, "money"),
        unit=data.get("unit", ""),
        decimals=int(data["decimals"]) if "decimals" in data else None,
    )


def _column_of(row: Row, column: Column) -> Column:
    """In a list of indicators the unit and the sort of number belong to the row."""
    if not row.unit:
        return column
    return Column(column.id, column.label, unit=row.unit, money=row.money)


def _row(data: _Data, above: tuple[str, ...]) -> Row:
    keys = (*above, data["key"]) if "key" in data else above
    # A row with cells keeps its sub-rows beside it; a mere group keeps them below its key.
    below = above if "id" in data else keys
    return Row(
        id=data.get("id", ""),
        label=data["label"],
        keys=keys,
        accepted=tuple(data.get("accepted", ())),
        variants=tuple(data.get("variants", ())),
        unit=data.get("unit", ""),
        money=_flag(data, "money"),
        unconfirmed=_flag(data, "unconfirmed"),
        rows=tuple(_row(row, below) for row in data.get("rows", ())),
    )


def _leaves(columns: Iterable[Column | ColumnGroup]) -> Iterator[Column]:
    for column in columns:
        if isinstance(column, ColumnGroup):
            yield from _leaves(column.columns)
        else:
            yield column


def _data_rows(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        if row.id:
            yield row
        yield from _data_rows(row.rows)


_RELATION = re.compile(r"(?P<left>[^<=]+)(?P<sign><=|=)(?P<right>[^<=]+)")


def _relation(data: _Data) -> Relation:
    match = _RELATION.fullmatch(data["says"].strip())
    if match is None:
        raise ValueError(f"relation {data['rule']}: {data['says']!r} is not `a + b = c` or `a <= b`")
    return Relation(
        rule=data["rule"],
        table=data["table"],
        along=data["along"],
        left=_terms(match["left"]),
        sign=cast("Any", match["sign"]),
        right=_terms(match["right"]),
        only=tuple(data.get("only", ())),
    )


def _terms(text: str) -> tuple[Term, ...]:
    names = [part.strip() for part in text.split("+")]
    return tuple(Term(name.removeprefix("last."), name.startswith("last.")) for name in names)


def _year(data: _Data, key: str) -> int | None:
    return int(data[key]) if key in data else None


def _flag(data: _Data, key: str) -> bool:
    return str(data.get(key, "false")) == "true"
