"""Printed text -> what labels are compared by. Which words a form prints stands in the form's file alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from build_tools.form import Block, Column, ColumnGroup, Row, TableForm
from build_tools.forms import official
from build_tools.render.tables import UNIT_HEADING
from build_tools.search.help import simplified

_DROPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff“”\"'‘’「」『』*]+")
_SAME = str.maketrans(
    {
        "、": ",",
        "，": ",",
        "．": ".",
        "：": ":",
        "；": ";",
        "\\": "/",
        "〔": "(",
        "〕": ")",
        "[": "(",
        "]": ")",
    }
)
_NUMBERING = re.compile(
    r"(?:\((?:[一二三四五六七八九十]+|\d{1,2})\)|\d{1,2}[.,](?!\d)|[一二三四五六七八九十]{1,2},|第[一二三四五六七八九十]+,?)"
)
_TAIL = re.compile(r"(.+?)\(.*")


@lru_cache(maxsize=1 << 14)
def key(text: str) -> str:
    """The text as it is compared: NFKC, simplified, without white space and quotes, `1、` like `1.`."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isascii():
        text = simplified(text)
    text = _DROPPED.sub("", text).translate(_SAME)
    return re.sub(r"^(\d{1,2}),", r"\1.", text)


def without_number(known: str) -> str:
    """A key without the number before it: (一)予以公开 and 1.属于国家秘密."""
    match = _NUMBERING.match(known)
    return known[match.end() :] if match else known


def without_tail(known: str) -> str:
    """A key without what is explained in brackets behind it."""
    match = _TAIL.fullmatch(known)
    return match[1] if match else known


@dataclass(frozen=True, slots=True)
class Label:
    """A text that a form prints. `known` are the texts by which it is recognised, the official one first."""

    official: str
    known: tuple[str, ...]
    row: str = ""
    column: str = ""
    unit: str = ""

    @property
    def meant(self) -> tuple[str, str]:
        """What the label stands for: columns of one text mean the same in every block, rows each for themselves."""
        return self.row, self.official

    def printed(self, text: str) -> str:
        """The label as printed, or nothing where it is the official one but for signs, spaces and its unit."""
        found = key(text)
        if found in {key(self.official), key(self.official + self.unit)}:
            return ""
        return next((known for known in self.known if key(known) == found), " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one table of a form.

    `rows` leads from a key to the label of a row with cells, `columns` from a key to the label of a column, both
    where one label alone is meant; `several` to the labels of rows that are called the same. `all` are all labels,
    `words` the keys of all that is printed, title included, `units` those of the units that a list prints beside its labels.
    """

    all: tuple[Label, ...]
    rows: Mapping[str, Label]
    columns: Mapping[str, Label]
    several: Mapping[str, tuple[Label, ...]]
    words: frozenset[str]
    units: frozenset[str]

    @property
    def long_first(self) -> list[str]:
        """The words, those before others that begin like them."""
        return _long_first(self.words)

    def row(self, text: str) -> Label | None:
        """The row that a printed text names, if one alone can be meant."""
        found = key(text)
        return self.rows.get(found) or (self.rows.get(without_tail(found)) if "(" in found else None)

    def column(self, text: str) -> Label | None:
        """The column that a printed text names, likewise."""
        found = key(text)
        return self.columns.get(found) or (self.columns.get(without_tail(found)) if "(" in found else None)

    def knows(self, text: str) -> bool:
        """Whether the form prints this text anywhere in the table."""
        found = key(text)
        return found in self.words or without_tail(found) in self.words


@cache
def _long_first(words: frozenset[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


@cache
def labels_of(table: TableForm) -> Labels:
    """The labels of a table form."""
    found = tuple(label for block in table.blocks for label in _block(block, table))
    units = [UNIT_HEADING] if any(label.unit for label in found) else []
    texts = [table.title, *units, *(text for label in found for text in label.known)]
    words = frozenset(key(text) for text in texts)
    return Labels(
        found,
        _index([label for label in found if label.row], [label for label in found if not label.row]),
        _index([label for label in found if label.column], []),
        _called_same([label for label in found if label.row]),
        words,
        frozenset(key(label.unit) for label in found if label.unit),
    )


@cache
def vocabulary() -> frozenset[str]:
    """The keys of every text that any form prints: labels of tables, headings of sections with their numbers."""
    forms = official().values()
    labels = {word for form in forms for table in form.tables.values() for word in labels_of(table).words}
    sections = [section for form in forms for section in form.sections if section.number]
    headings = {f"{s.number}、{text}" for s in sections for text in (s.heading, *s.variants)}
    return frozenset(labels | {key(heading) for heading in headings})


def _index(wanted: list[Label], others: list[Label]) -> Mapping[str, Label]:
    """Keys that lead to one label: as printed, else shortened to what nothing else is called by."""
    full = _unique((key(text), label) for label in wanted for text in _with_unit(label))
    taken = {short for label in others for text in label.known for short in _shortened(text)}
    loose = _unique((short, label) for label in wanted for text in label.known for short in _shortened(text))
    return MappingProxyType({k: v for k, v in loose.items() if k and k not in taken} | full)


def _with_unit(label: Label) -> Iterator[str]:
    for text in label.known:
        yield text
        if label.unit:
            yield text + label.unit


def _unique(pairs: Iterable[tuple[str, Label]]) -> dict[str, Label]:
    """The keys that lead to labels of one and the same text."""
    found: dict[str, Label] = {}
    several: set[str] = set()
    for name, label in pairs:
        if found.setdefault(name, label).meant != label.meant:
            several.add(name)
    return {name: label for name, label in found.items() if name not in several}


def _called_same(rows: Iterable[Label]) -> Mapping[str, tuple[Label, ...]]:
    """The rows that share their label with another."""
    found: dict[str, tuple[Label, ...]] = {}
    for label in rows:
        found[key(label.official)] = (*found.get(key(label.official), ()), label)
    return MappingProxyType({name: labels for name, labels in found.items() if len(labels) > 1})


def _shortened(text: str) -> tuple[str, ...]:
    full = key(text)
    return full, without_number(full), without_tail(full), without_number(without_tail(full))


def _block(block: Block, table: TableForm) -> Iterator[Label]:
    for text in (block.caption, block.stub, block.corner):
        if text:
            yield Label(text, (text,))
    yield from _columns(block.columns)
    yield from _rows(block.rows, table)


def _columns(columns: tuple[Column | ColumnGroup, ...]) -> Iterator[Label]:
    for column in columns:
        if isinstance(column, ColumnGroup):
            yield Label(column.label, (column.label,))
            yield from _columns(column.columns)
        else:
            yield Label(column.label, (column.label, *column.accepted, *column.variants), column=column.id)


def _rows(rows: tuple[Row, ...], table: TableForm) -> Iterator[Label]:
    for row in rows:
        yield Label(row.label, (row.label, *row.accepted, *row.variants), row=row.id, unit=row.unit)
        yield from _rows(row.rows, table)


def row_ids(rows: Iterable[Row]) -> Iterator[str]:
    """The ids of the rows with cells among rows and those below them, in printed order."""
    for row in rows:
        if row.id:
            yield row.id
        yield from row_ids(row.rows)
