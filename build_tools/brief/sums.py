"""What adds up to what in certain tables, as their form says: the columns of a figure, the results of the requests.

It hangs on the form alone, so it is worked out once for each set of tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from build_tools.form import Relation, TableForm, Term
from build_tools.indicators import Way, indicators

Ways = tuple[int | None, ...]
"""Which way each indicator is read in, in their order; None: not in these tables."""

ASKED, OPEN, DONE, LEFT = "new", "carried_in", "handled", "carried_out"
"""The indicators that say what became of the requests of a year: what came, was left over, was done, is left over."""


class Columns(NamedTuple):
    """What the cells of a figure are the sum of: by label the cells (table, row, place), and the rule that says so."""

    parts: tuple[tuple[str, tuple[tuple[str, str, int], ...]], ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Sums:
    """What adds up in certain tables.

    `columns` by indicator; `results`: the indicators that make up all requests that were dealt with; `balance`: the
    rule by which what came and was left over is what was dealt with and is left. Rules are empty without relation.
    """

    ways: Mapping[str, Way]
    columns: Mapping[str, Columns]
    results: tuple[str, ...]
    results_rule: str
    balance: str


@lru_cache(maxsize=256)
def sums(forms: tuple[TableForm, ...], ways: Ways) -> Sums:
    """What adds up in tables of these forms, with each indicator read in one of its ways."""
    read = {
        id_: one.ways[way]
        for (id_, one), way in zip(indicators().items(), ways, strict=True)
        if way is not None
    }
    by_id = {form.id: form for form in forms}
    columns = {id_: found for id_, way in read.items() if (found := _columns(by_id, way))}
    results, rule = _results(by_id, read)
    return Sums(read, columns, results, rule, _balance(by_id, read))


def _columns(forms: Mapping[str, TableForm], way: Way) -> Columns | None:
    parts: dict[str, list[tuple[str, str, int]]] = {}
    rule = ""
    for table, row, column in way:
        form = forms[table]
        relation = next((r for r in _along(form, "rows", row) if _ids(r.right) == [column]), None)
        if relation is None:
            return None
        rule = relation.rule
        for at, one in enumerate(form.lines[row].columns):
            if one.id in _ids(relation.left):
                parts.setdefault(one.label, []).append((table, row, at))
    return Columns(tuple((label, tuple(cells)) for label, cells in parts.items()), rule)


def _results(forms: Mapping[str, TableForm], read: Mapping[str, Way]) -> tuple[tuple[str, ...], str]:
    if DONE not in read:
        return (), ""
    ((table, row, _),) = read[DONE]
    for relation in _along(forms[table], "columns"):
        terms = set(_ids(relation.left))
        inside = {id_: rows for id_ in read if (rows := _rows(read[id_], table)) and rows <= terms}
        if _ids(relation.right) == [row] and set().union(*inside.values()) == terms:
            return tuple(inside), relation.rule
    return (), ""


def _balance(forms: Mapping[str, TableForm], read: Mapping[str, Way]) -> str:
    if not {ASKED, OPEN, DONE, LEFT} <= read.keys():
        return ""
    table = read[DONE][0][0]
    sides = [
        set[str]().union(*(_rows(read[id_], table) for id_ in side)) for side in ((ASKED, OPEN), (DONE, LEFT))
    ]
    found = (r for r in _along(forms[table], "columns") if [set(_ids(r.left)), set(_ids(r.right))] == sides)
    return next((r.rule for r in found), "")


def _along(form: TableForm, along: str, row: str = "") -> Iterator[Relation]:
    """The sums within this very report that must hold in each column, or in each row and so in `row`."""
    for relation in form.relations:
        apt = relation.along == along and relation.sign == "=" and (not relation.only or row in relation.only)
        if apt and not any(term.last for term in (*relation.left, *relation.right)):
            yield relation


def _ids(terms: Iterable[Term]) -> list[str]:
    return [term.id for term in terms]


def _rows(way: Way, table: str) -> set[str]:
    """The rows of a table that an indicator is made of; none if it is made of another table."""
    return {row for _, row, _ in way} if {t for t, _, _ in way} == {table} else set()
