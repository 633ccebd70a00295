"""Trying the relations that the form files declare. Rules name themselves there; this finds and tries them.

Where this or last year's form has no such cell, there is nothing to try. Which cells a relation adds up hangs on
the forms alone and is worked out once.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from build_tools.form import Relation, TableForm, Term
from build_tools.model import Cell, Table
from build_tools.rules.aids.spots import Sheet, odd_ones
from build_tools.rules.aids.trial import Number, Scope, Side, Trial, verdict_of

Pick = Callable[[Sequence[Cell]], Sequence[Cell]]
"""Takes the cells of a relation's side from all cells of a plan."""


@dataclass(frozen=True, slots=True)
class Case:
    """A relation in the row or column `key`, with its two sides."""

    relation: Relation
    key: str
    left: Pick
    right: Pick


@dataclass(frozen=True, slots=True)
class Plan:
    """The cases of a table in one form beside last year's in another.

    `then` lists the rows of last year's table that they ask for; `touching` tells for each cell of this year's
    table, and of these rows behind it, the cases in which it counts.
    """

    then: tuple[str, ...]
    cases: tuple[Case, ...]
    touching: tuple[tuple[int, ...], ...]


def tried(sheet: Sheet, last: Table | None, rules: Iterable[str] | None = None) -> Iterator[Trial]:
    """Try the relations of one table (those of `rules`); what plainly holds or is all blank is passed over.

    A case with nothing but noughts holds: only those are looked at in which some other cell counts.
    """
    plan = _plan(sheet.table.form, last.form if last else None)
    before = [cell for row in plan.then for cell in last.rows[row]] if last else []
    cells, odd = [*sheet.cells, *before], [*sheet.odd, *odd_ones(before, len(sheet.cells))]
    for at in sorted({case for one in odd for case in plan.touching[one]}):
        case = plan.cases[at]
        if rules is None or case.relation.rule in rules:
            left, right = case.left(cells), case.right(cells)
            if not _plain(case.relation, left, right):
                yield _trial(Scope(case.relation, sheet.table, last, case.key), left, right)


def _trial(scope: Scope, cells_left: Sequence[Cell], cells_right: Sequence[Cell]) -> Trial:
    left = Side(scope, scope.relation.left, tuple(cells_left))
    right = Side(scope, scope.relation.right, tuple(cells_right))
    return Trial(scope, left, right, verdict_of(left, right, equal=scope.relation.sign == "="))


def _plain(relation: Relation, left: Sequence[Cell], right: Sequence[Cell]) -> bool:
    """Whether there is nothing to say: all are numbers and it holds, or none is a number."""
    low, high = _sum(left), _sum(right)
    if low is None or high is None:
        return all(cell.value is None for cell in (*left, *right))
    return low == high if relation.sign == "=" else low <= high


def _sum(cells: Sequence[Cell]) -> Number | None:
    total: Number = 0
    for cell in cells:
        if cell.value is None:
            return None
        total += cell.value
    return total


_Positions = Mapping[str, Mapping[str, int]]
"""Where the cells of a table stand among all cells, by row id and column id."""


@lru_cache(maxsize=128)  # pairs of forms: few, but for those that tests make
def _plan(now: TableForm, then: TableForm | None) -> Plan:
    asked = [row for row in then.lines if any(_asks(r, row) for r in now.relations)] if then else []
    here = _positions(now, now.lines, 0)
    size = sum(map(len, here.values()))
    there = _positions(then, asked, size) if then else {}
    sides = [case for relation in now.relations for case in _cases(relation, here, there)]
    touching: list[list[int]] = [[] for _ in range(size + sum(map(len, there.values())))]
    for at, (_, _, left, right) in enumerate(sides):
        for cell in (*left, *right):
            touching[cell].append(at)
    cases = tuple(Case(relation, key, _pick(left), _pick(right)) for relation, key, left, right in sides)
    return Plan(tuple(asked), cases, tuple(map(tuple, touching)))


def _asks(relation: Relation, row: str) -> bool:
    """Whether the relation asks for a row of last year's table."""
    last = [term.id for term in (*relation.left, *relation.right) if term.last]
    return row in last if relation.along == "columns" else bool(last) and row in (relation.only or [row])


def _positions(form: TableForm, rows: Iterable[str], start: int) -> _Positions:
    count = itertools.count(start)
    return {row: {column.id: next(count) for column in form.lines[row].columns} for row in rows}


def _cases(
    relation: Relation, here: _Positions, there: _Positions
) -> Iterator[tuple[Relation, str, list[int], list[int]]]:
    """The relation in each row or column where the forms have all its cells, with those of either side."""
    keys = next(iter(here.values())) if relation.along == "columns" else here
    for key in relation.only or keys:
        try:
            left, right = (
                [_position(relation, term, key, there if term.last else here) for term in side]
                for side in (relation.left, relation.right)
            )
        except KeyError:
            continue
        yield relation, key, left, right


def _position(relation: Relation, term: Term, key: str, at: _Positions) -> int:
    return at[term.id][key] if relation.along == "columns" else at[key][term.id]


def _pick(at: list[int]) -> Pick:
    # One index alone would give a bare cell: a slice of length one gives a list of it.
    return itemgetter(*at) if len(at) > 1 else itemgetter(slice(at[0], at[0] + 1))
