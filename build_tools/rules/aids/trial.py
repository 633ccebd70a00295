"""A relation tried in one row or column: its two sides, how it fared, and how people read it.

How blanks act: a blank is not a nought, and none is invented. A sum with an operand that is no number cannot
be tried, except that it fails when the known parts alone already exceed the other side, and passes when they
equal it and only blanks are left. A cell missing in our copy never counts as nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from build_tools.form import Column, Relation, Term
from build_tools.model import Cell, Path, State, Table
from build_tools.rules.aids.wording import say

Number = int | Decimal

LONG = 4
"""A sum of more terms than this is written out without its noughts."""


class Verdict(Enum):
    """How a relation fared. BLANKS: it holds when what is printed blank is read as nothing."""

    HOLDS = "holds"
    BLANKS = "blanks"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scope:
    """The row or column `key` of this year's and last year's table in which a relation is tried."""

    relation: Relation
    table: Table
    last: Table | None
    key: str

    def spot(self, term: Term) -> tuple[Table, str, str]:
        """Where a term stands: table, row and column."""
        table = self.last if term.last and self.last else self.table
        return (table, term.id, self.key) if self.relation.along == "columns" else (table, self.key, term.id)

    def column(self, term: Term) -> Column:
        """The column a term stands in."""
        table, row, column = self.spot(term)
        return next(c for c in table.form.lines[row].columns if c.id == column)

    def name(self, term: Term) -> str:
        """What people call a term: the row's key in a report file, or the column's label."""
        table, row, _ = self.spot(term)
        along = self.relation.along == "columns"
        name = table.form.lines[row].row.keys[-1] if along else self.column(term).label
        return say("last", name=name) if term.last else name


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation: its terms and their cells."""

    scope: Scope
    terms: tuple[Term, ...]
    cells: tuple[Cell, ...]

    @property
    def known(self) -> Number:
        """The sum of what is a number."""
        return sum((c.value for c in self.cells if c.value is not None), 0)

    @property
    def complete(self) -> bool:
        """Whether every operand is a number."""
        return all(c.value is not None for c in self.cells)

    @property
    def only_blanks(self) -> bool:
        """Whether every operand is a number or printed empty."""
        return all(c.value is not None or c.empty for c in self.cells)

    @property
    def at_least_known(self) -> bool:
        """Whether the sum of what is a number is the least the side can be: counts are not negative."""
        pairs = zip(self.terms, self.cells, strict=True)
        return all(c.value is not None or not self.scope.column(term).signed for term, c in pairs)

    def __str__(self) -> str:
        """Name 4 + name 0 = 4; long sums name only the figures that are not nought."""
        parts = list(zip(self.terms, self.cells, strict=True))
        unread = 0
        if len(parts) > LONG:
            unread = sum(cell.value is None for cell in self.cells)
            parts = [(term, cell) for term, cell in parts if cell.value]
        text = " + ".join(f"{self.scope.name(term)}{figure(cell)}" for term, cell in parts) or say("nought")
        total = say("sum", sum=self.known) if len(parts) > 1 else ""
        return text + total + (say("unread", count=unread) if unread else "")


@dataclass(frozen=True, slots=True)
class Trial:
    """One relation tried in one row or column."""

    scope: Scope
    left: Side
    right: Side
    verdict: Verdict

    @property
    def relation(self) -> Relation:
        """What is tried."""
        return self.scope.relation

    @property
    def table(self) -> Table:
        """This year's table."""
        return self.scope.table

    @property
    def key(self) -> str:
        """The row or column in which it is tried."""
        return self.scope.key

    @property
    def difference(self) -> Number:
        """Left minus right."""
        return self.left.known - self.right.known

    @property
    def path(self) -> Path:
        """The cell to look at first: the total of an equation, the part that must not exceed."""
        table, row, column = self.scope.spot(self._head)
        return table.path(row, column)

    @property
    def place(self) -> str:
        """That cell in the form's words."""
        table, row, column = self.scope.spot(self._head)
        return table.form.where(row, column)

    @property
    def _head(self) -> Term:
        left, right = self.relation.left, self.relation.right
        ordered = (*right, *left) if self.relation.sign == "=" else (*left, *right)
        return next(term for term in ordered if not term.last)


def verdict_of(left: Side, right: Side, *, equal: bool) -> Verdict:
    """Whether it holds, with the semantics of blanks above."""
    low, high = left.known, right.known
    if left.complete and right.complete:
        return Verdict.HOLDS if low == high or (low < high and not equal) else Verdict.FAILS
    if right.complete and low > high and left.at_least_known:
        return Verdict.FAILS
    if equal and left.complete and high > low and right.at_least_known:
        return Verdict.FAILS
    holds = low == high if equal else low <= high and right.complete
    return Verdict.BLANKS if holds and left.only_blanks and right.only_blanks else Verdict.UNKNOWN


def figure(cell: Cell) -> str:
    """What stands in the cell, as it goes on after its name."""
    if cell.state is State.MISSING:
        return say("lost")
    if cell.value is None:
        return say("empty") if cell.state is State.BLANK else say("quoted", raw=cell.raw)
    return say("figure", value=cell.value)
