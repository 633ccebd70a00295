"""What a form prints in its tables, and which of another form's words turn up in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from build_tools.form import Column, Row, TableForm
from build_tools.forms import official
from build_tools.forms.shape import printed_labels
from build_tools.model import Path, Table
from build_tools.rules.aids.words import level

LABELS, EXTRA = "原表标签", "多出的行"
"""The entries of a report file where deviating labels and surplus rows stand."""
SUBTOTAL, PROCUREMENT = "小计", "采购"
"""Words that have rules of their own: TPL-EXTRA-SUBTOTAL and TPL-PROC-LEFTOVER."""


def label_path(table: Table, label: str) -> Path:
    """Where the deviating label stands in the report file."""
    return (LABELS, table.form.key, label)


@lru_cache(maxsize=64)
def corners(table: TableForm) -> frozenset[str]:
    """The notes in the corners of the table."""
    return frozenset(block.corner for block in table.blocks if block.corner)


@lru_cache(maxsize=1024)
def as_good_as(table: TableForm, label: str) -> frozenset[str]:
    """The official label and those that are accepted for it, levelled."""
    accepted = (text for own, others in _texts(table) if own == label for text in others)
    return frozenset(map(level, (label, *accepted)))


@lru_cache(maxsize=64)
def groups(table: TableForm) -> frozenset[str]:
    """The levelled labels of rows that only group others and hold no cells."""
    return frozenset(
        level(row.label) for block in table.blocks for row in _rows(block.rows) if row.rows and not row.id
    )


@cache
def _own_words(form: str, key: str) -> frozenset[str]:
    tables = official()[form].tables.values() if form in official() else ()
    return frozenset(
        level(text)
        for table in tables
        if table.key == key
        for own, accepted in _texts(table)
        for text in (own, *accepted)
    )


@cache
def foreign_words(form: str, key: str) -> Mapping[str, str]:
    """Levelled labels that other forms print in the table `key` and the form `form` does not: label -> form."""
    own = _own_words(form, key)
    return MappingProxyType(
        {
            word: other.name
            for other in official().values()
            if other.id != form
            for word in _own_words(other.id, key) - own
        }
    )


def _texts(table: TableForm) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((label, ()) for label in printed_labels(table))
    for line in table.lines.values():
        parts: tuple[Row | Column, ...] = (line.row, *line.columns)
        yield from ((part.label, part.accepted) for part in parts)


def _rows(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from _rows(row.rows)
