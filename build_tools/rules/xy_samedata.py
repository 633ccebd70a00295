"""XY-SAMEDATA: the tables are not the same as last year's, figure by figure."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.model import Table
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

STOCKS = frozenset({"valid", "total_public", "items_prev"})
"""Columns of what there is, not of what was done this year: where nothing happens they stay as they are."""


def check(view: View) -> Iterator[Outcome]:
    """Compare all tables; noughts and stocks that stay are no sign of copying."""
    tables = view.report.tables
    if not tables or not all(_same(table, view.last_table(id_)) for id_, table in tables.items()):
        return
    count = sum(_flows(table) for table in tables.values())
    if count:
        names = "、".join(table.form.name for table in tables.values())
        year = view.report.year
        message = f"{names}：与{year - 1}年度报告的每一个数字都相同，其中 {count} 个不是 0"
        yield Problem((), message, HINT)


def _same(table: Table, last: Table | None) -> bool:
    return last is not None and table.form_id == last.form_id and table.rows == last.rows


def _flows(table: Table) -> int:
    """How many figures of the year are not nought."""
    return sum(
        bool(cell.value) and column.id not in STOCKS
        for row, line in table.form.lines.items()
        for column, cell in zip(line.columns, table.rows[row], strict=True)
    )


HINT = "看是不是把上年的表抄成了今年的，抄错了就照原件改；原件就是这样印的，保留原数，在“确认”里写明理由。"

RULE = Rule(
    id="XY-SAMEDATA",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="各表数字不应与上年度报告完全相同",
    reason="两年的每一个数字都一样，几乎只能是照搬了上年的表，或者抄录时拿错了原件。",
    advice="核对两年的原件；发布的就是一样的，保留原数，在“确认”里写明理由。",
    check=check,
)
