"""Trying the relations that the form files declare. Rules name themselves there; this finds and tries them.

How blanks act (RULES §0): a sum with an operand that is no number cannot be tried, except that it fails when
the known parts alone already exceed the other side, and passes when they equal it and only blanks are left.
A cell missing in our copy never counts as nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from build_tools.archive import Subject
from build_tools.finding import Problem, Unassessed
from build_tools.form import Relation, Term
from build_tools.model import Cell, Path, State, Table

Number = int | Decimal


class Verdict(Enum):
    """How a relation fared. BLANKS: it holds when what is printed blank is read as nothing."""

    HOLDS = "holds"
    BLANKS = "blanks"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation: its terms as people call them, and their cells (None: no such cell)."""

    names: tuple[str, ...]
    cells: tuple[Cell | None, ...]

    @property
    def known(self) -> Number:
        """The sum of what is a number."""
        return sum((c.value for c in self.cells if c is not None and c.value is not None), 0)

    @property
    def complete(self) -> bool:
        """Whether every operand is a number."""
        return all(c is not None and c.value is not None for c in self.cells)

    @property
    def only_blanks(self) -> bool:
        """Whether every operand is a number or printed empty, and at least one is a number."""
        known = all(c is not None and (c.value is not None or c.empty) for c in self.cells)
        return known and any(c is not None and c.value is not None for c in self.cells)

    def __str__(self) -> str:
        """Name 4 + name 0 = 4; long sums name their non-zero parts only."""
        parts = list(zip(self.names, self.cells, strict=True))
        if len(parts) == 1:
            return f"{parts[0][0]} {_figure(parts[0][1])}"
        if len(parts) > 4:
            parts = [(name, cell) for name, cell in parts if cell is None or cell.value != 0]
            if not parts:
                return "各项都是 0，合计 0"
        return f"{' + '.join(f'{name} {_figure(cell)}' for name, cell in parts)} = {self.known}"


@dataclass(frozen=True, slots=True)
class Trial:
    """One relation tried in one row or column. `path` is the cell to look at first."""

    relation: Relation
    table: Table
    key: str
    left: Side
    right: Side
    path: Path
    place: str

    @property
    def verdict(self) -> Verdict:
        """Whether it holds, with the semantics of blanks above."""
        left, right = self.left, self.right
        low, high = left.known, right.known
        if left.complete and right.complete:
            holds = low == high if self.relation.sign == "=" else low <= high
            return Verdict.HOLDS if holds else Verdict.FAILS
        # Counts are not negative, so what is known of a side is the least it can be.
        if right.complete and low > high:
            return Verdict.FAILS
        if self.relation.sign == "=" and left.complete and high > low:
            return Verdict.FAILS
        blanks = left.only_blanks and right.only_blanks
        holds = low == high if self.relation.sign == "=" else low <= high and right.complete
        return Verdict.BLANKS if blanks and holds else Verdict.UNKNOWN

    @property
    def difference(self) -> Number:
        """Left minus right."""
        return self.left.known - self.right.known


def trials(subject: Subject, rule: str) -> Iterator[Trial]:
    """Try every relation that the report's form files declare under the name of `rule`."""
    for table in subject.report.tables.values():
        for relation in table.form.relations:
            if relation.rule == rule:
                yield from _try(subject, table, relation)


def judge(trial: Trial, hint: str) -> Iterator[Problem | Unassessed]:
    """A problem for a relation that fails, with both sides written out; a note for one that cannot be tried."""
    verdict = trial.verdict
    if verdict is Verdict.FAILS:
        word = "应等于" if trial.relation.sign == "=" else "应不大于"
        message = f"{trial.place}：{trial.left}，{word} {trial.right}，差 {abs(trial.difference)}"
        yield Problem(trial.path, message, hint)
    elif verdict is Verdict.UNKNOWN and any(
        c and c.value is not None for c in (*trial.left.cells, *trial.right.cells)
    ):
        yield Unassessed(trial.path, f"{trial.place}：有的格不是数字，无法核对")


RECHECK = "逐格对照原件改正抄录；原件就是这样印的，不要改数字，在“确认”里写明规则、位置和理由。"
"""The advice for a relation that fails."""


def declared(subject: Subject, rule: str, hint: str = RECHECK) -> Iterator[Problem | Unassessed]:
    """The whole check of a rule that is nothing but its relations."""
    for trial in trials(subject, rule):
        yield from judge(trial, hint)


def _try(subject: Subject, table: Table, relation: Relation) -> Iterator[Trial]:
    last = subject.last.tables.get(table.form.id) if subject.last else None
    if any(t.last for t in (*relation.left, *relation.right)) and (last is None or subject.lineage_changed):
        return
    for key in relation.only or _keys(table, relation):
        left, right = (_side(table, last, relation, key, terms) for terms in (relation.left, relation.right))
        if not all(c is None for c in (*left.cells, *right.cells)):
            head = next(t.id for t in (*relation.right, *relation.left) if not t.last)
            row, column = (head, key) if relation.along == "columns" else (key, head)
            yield Trial(
                relation, table, key, left, right, table.path(row, column), _place(table, relation, key)
            )


def _keys(table: Table, relation: Relation) -> list[str]:
    if relation.along == "rows":
        return list(table.form.lines)
    first = next(iter(table.form.lines.values()))
    return [column.id for column in first.columns]


def _side(table: Table, last: Table | None, relation: Relation, key: str, terms: tuple[Term, ...]) -> Side:
    names, cells = [], []
    for term in terms:
        row, column = (term.id, key) if relation.along == "columns" else (key, term.id)
        source = last if term.last else table
        cell = source.cell(row, column) if source else None
        names.append(("上年的" if term.last else "") + _name(source or table, relation, row, column))
        cells.append(cell)
    return Side(tuple(names), tuple(cells))


def _name(table: Table, relation: Relation, row: str, column: str) -> str:
    line = table.form.lines.get(row)
    if line is None:
        return row
    if relation.along == "columns":
        return line.row.keys[-1]
    return next((c.label for c in line.columns if c.id == column), column)


def _place(table: Table, relation: Relation, key: str) -> str:
    if relation.along == "rows":
        return f"{table.form.name}「{table.form.lines[key].row.label}」"
    label = next(c.label for line in table.form.lines.values() for c in line.columns if c.id == key)
    return f"{table.form.name}“{label}”列"


def _figure(cell: Cell | None) -> str:
    if cell is None or cell.state is State.MISSING:
        return "（缺）"
    if cell.value is None:
        return "（空白）" if cell.state is State.BLANK else f"“{cell.raw}”"
    return str(cell.value)
