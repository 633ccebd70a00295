"""What the rows and columns of the forms mean to a citizen, from glossary.yml: one text for every page that explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from build_tools.form import Column, Row, TableForm
from build_tools.source import plain


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that people can do, and the articles that say so."""

    do: str
    law: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """What can be done about all answers of a kind. `title` says which."""

    id: str
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row means; its articles; what an applicant met with it can do about it, alone and as of its kind."""

    means: str
    law: str = ""
    do: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Glossary:
    """All that is explained, by table.row and table.column. `short` says what short names of laws stand for."""

    rows: Mapping[str, Entry]
    columns: Mapping[str, str]
    remedies: Mapping[str, Remedy]
    short: str


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say of one table, in its own order. Rows and columns without an entry are left out.

    `groups`: rows below the label of the group that they stand in, which is empty for those in none.
    """

    groups: tuple[tuple[str, tuple[tuple[Row, Entry], ...]], ...]
    columns: tuple[tuple[Column, str], ...]
    remedies: tuple[Remedy, ...]


@cache
def glossary() -> Glossary:
    """The explanations that come with the package."""
    text = files("build_tools").joinpath("glossary.yml").read_text(encoding="utf-8")
    data = cast("Mapping[str, Any]", plain(text))
    return Glossary(
        rows={id_: Entry(**entry) for id_, entry in data["rows"].items()},
        columns=data["columns"],
        remedies={
            id_: Remedy(id_, remedy["title"], tuple(Step(**step) for step in remedy["steps"]))
            for id_, remedy in data["then"].items()
        },
        short=data["short"],
    )


def told(table: TableForm) -> Told:
    """What there is to say of a table: its rows and columns that have an entry, and what can be done."""
    known = glossary()
    rows = [
        (group, (row, said))
        for block in table.blocks
        for group, row in _rows(block.rows)
        if (said := entry(table, row.id))
    ]
    columns = {column.id: column for line in table.lines.values() for column in line.columns}
    then = dict.fromkeys(said.then for _, (_, said) in rows if said.then)
    return Told(
        tuple((label, tuple(pair for _, pair in pairs)) for label, pairs in groupby(rows, key=itemgetter(0))),
        tuple(
            (column, text) for id_, column in columns.items() if (text := known.columns.get(name(table, id_)))
        ),
        tuple(known.remedies[id_] for id_ in then),
    )


def _rows(rows: Iterable[Row], group: str = "") -> Iterator[tuple[str, Row]]:
    """The rows that hold cells, each with the label of its group, if that is no group of groups."""
    for row in rows:
        if row.id:
            yield group, row
        inner = all(below.id for below in row.rows)
        yield from _rows(row.rows, group if row.id else row.label if inner else "")


def entry(table: TableForm, row: str) -> Entry | None:
    """What is said of a row, by its id; None where nothing is."""
    return glossary().rows.get(name(table, row))


def name(table: TableForm, part: str) -> str:
    """How a row or column of a table is named in glossary.yml and in addresses."""
    return f"{table.id}.{part}"
