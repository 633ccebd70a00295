"""Trying the relations that the form files declare. Rules name themselves there; this finds and tries them.

Where this or last year's form has no such cell, there is nothing to try.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from build_tools.archive import Subject
from build_tools.finding import Problem, Unassessed
from build_tools.form import Relation, Term
from build_tools.model import Cell, State, Table
from build_tools.rules.aids.trial import Number, Scope, Side, Trial, Verdict, figure, verdict_of


def trials(subject: Subject, rule: str) -> Iterator[Trial]:
    """Try what the forms declare under the name of `rule`; what plainly holds or is all blank is passed over."""
    last = None if subject.lineage_changed else subject.last
    for table in subject.report.tables.values():
        yield from trials_of(table, last.tables.get(table.form.id) if last else None, rule)


def trials_of(table: Table, last: Table | None, rule: str) -> tuple[Trial, ...]:
    """Try the relations of one table in the same way."""
    return _tried(_Pair(table, last)).get(rule, ())


class _Pair:
    """This very table and this very last year's: the same pair has the same trials."""

    __slots__ = ("last", "table")

    def __init__(self, table: Table, last: Table | None) -> None:
        self.table, self.last = table, last

    def __hash__(self) -> int:
        return hash((id(self.table), id(self.last)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Pair) and self.table is other.table and self.last is other.last


@lru_cache(maxsize=8)  # several rules look at the same trials, one after the other, of one report's tables
def _tried(pair: _Pair) -> Mapping[str, tuple[Trial, ...]]:
    table, last = pair.table, pair.last
    now, then = _grid(table), _grid(last) if last else {}
    tried: dict[str, tuple[Trial, ...]] = {}
    for relation in table.form.relations:
        found = tuple(
            _trial(Scope(relation, table, last, key), left, right)
            for key, left, right in _operands(relation, now, then)
            if not _plain(relation, left, right)
        )
        tried[relation.rule] = (*tried.get(relation.rule, ()), *found)
    return tried


def judge(trial: Trial, hint: str) -> Iterator[Problem | Unassessed]:
    """A problem for a relation that fails, with both sides written out; a note for one that cannot be tried."""
    if trial.verdict is Verdict.FAILS:
        word = "应等于" if trial.relation.sign == "=" else "应不大于"
        message = f"{trial.place}：{trial.left}，{word} {trial.right}，差 {abs(trial.difference)}"
        yield Problem(trial.path, message, hint)
    elif trial.verdict is Verdict.UNKNOWN:
        yield Unassessed(trial.path, f"{trial.place}：有的格不是数字，无法核对")
    elif trial.verdict is Verdict.BLANKS:
        yield Unassessed(trial.path, f"{trial.place}：把空格当作没有，正好对得上", blanks=True)


RECHECK = "逐格对照原件改正抄录；原件就是这样印的，不要改数字，在“确认”里写明规则、位置和理由。"
"""The advice for a relation that fails."""


def declared(subject: Subject, rule: str, hint: str = RECHECK) -> Iterator[Problem | Unassessed]:
    """The whole check of a rule that is nothing but its relations."""
    for trial in trials(subject, rule):
        yield from judge(trial, hint)


def blank_totals(subject: Subject, rule: str) -> Iterator[Problem]:
    """A problem for each sum of `rule` that has parts but, as printed, no figure for the total."""
    for trial in trials(subject, rule):
        total = trial.right.cells[0]
        parts = [c.value for c in trial.left.cells if c.value is not None]
        if total.value is None and total.state is not State.MISSING and parts:
            message = f"{trial.place}：前面填了数，和是 {trial.left.known}，总计却是{figure(total)}"
            yield Problem(trial.path, message, NO_TOTAL)


NO_TOTAL = "原件印了总计就照抄；原件没有印，不要自己算，在“确认”里写明理由。"
"""The advice for a total that is no number."""


_Grid = Mapping[str, Mapping[str, Cell]]
"""The cells of a table by row id and column id."""


def _grid(table: Table) -> _Grid:
    return {
        row: {column.id: cell for column, cell in zip(line.columns, table.rows[row], strict=True)}
        for row, line in table.form.lines.items()
    }


def _trial(scope: Scope, cells_left: list[Cell], cells_right: list[Cell]) -> Trial:
    left = Side(scope, scope.relation.left, tuple(cells_left))
    right = Side(scope, scope.relation.right, tuple(cells_right))
    return Trial(scope, left, right, verdict_of(left, right, equal=scope.relation.sign == "="))


def _plain(relation: Relation, left: list[Cell], right: list[Cell]) -> bool:
    """Whether there is nothing to say: all are numbers and it holds, or none is a number."""
    low, high = _sum(left), _sum(right)
    if low is None or high is None:
        return all(cell.value is None for cell in (*left, *right))
    return low == high if relation.sign == "=" else low <= high


def _sum(cells: list[Cell]) -> Number | None:
    total: Number = 0
    for cell in cells:
        if cell.value is None:
            return None
        total += cell.value
    return total


def _operands(relation: Relation, now: _Grid, then: _Grid) -> Iterator[tuple[str, list[Cell], list[Cell]]]:
    """For each row or column of the relation the cells on both sides, where the forms have them all."""
    pick = _in_column if relation.along == "columns" else _in_row
    for key in relation.only or _keys(relation, now):
        try:
            yield key, pick(relation.left, key, now, then), pick(relation.right, key, now, then)
        except KeyError:
            continue


def _keys(relation: Relation, now: _Grid) -> Iterable[str]:
    return next(iter(now.values())) if relation.along == "columns" else now


def _in_column(terms: tuple[Term, ...], key: str, now: _Grid, then: _Grid) -> list[Cell]:
    return [(then if term.last else now)[term.id][key] for term in terms]


def _in_row(terms: tuple[Term, ...], key: str, now: _Grid, then: _Grid) -> list[Cell]:
    return [(then if term.last else now)[key][term.id] for term in terms]
