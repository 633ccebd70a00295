"""T2-DELTA-FLOOR: no more items can go than there were: last year's items plus this year's change are >= 0."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem, Unassessed
from build_tools.rules.aids.figures import read, row_name, rows_with
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Look at the rows that tell last year's items and this year's change."""
    table = subject.report.tables.get("t2")
    for row in rows_with(table, "items_prev", "items_delta"):
        match read(table, (row, "items_prev"), (row, "items_delta")):
            case Unassessed() as note:
                yield note
            case (items, delta) if table and items + delta < 0:
                message = (
                    f"{row_name(table, row)}：上一年项目数量 {items}，本年增/减 {delta}，"
                    f"减后是 {items + delta}，比 0 还少 {-items - delta}"
                )
                yield Problem(table.path(row, "items_delta"), message, HINT)


HINT = "核对“上一年项目数量”和“本年增/减”的数字与正负号，照原件改正；原件就是这样印的，在“确认”里写明理由。"

RULE = Rule(
    id="T2-DELTA-FLOOR",
    severity=ERROR,
    basis=Basis.DEFINITION,
    title="表二：上一年项目数量加本年增/减不小于 0",
    reason="“本年增/减”是项目数量的变化，减少的不会比原有的还多。",
    advice="核对两个数字和正负号，尤其看减号是不是多写的，或数字串了行。",
    check=check,
)
