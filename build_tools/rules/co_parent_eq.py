"""CO-PARENT-EQ: where every office's report is here, the government's figures for all are their sum."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.parts import added, complete, parts_of
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Of each row that is more in a cell or more speak once; of what is less CO-PARENT-GE speaks."""
    parts = parts_of(view)
    for row in added(view, parts) if complete(view, parts) else ():
        more = [cell for cell in row if cell.whole > cell.sum and not cell.without]
        if more and not any(cell.whole < cell.sum for cell in row):
            others = f"；这一行另有 {len(more) - 1} 格也多" if len(more) > 1 else ""
            yield Problem(more[-1].path, f"{more[-1]}{others}", HINT)


HINT = (
    "核对这一格和各份报告；名单上少列了单位的，在 expected.csv 里补上；原件就是这样印的，可以不管这条提示。"
)

RULE = Rule(
    id="CO-PARENT-EQ",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="名单上各单位的报告都在，政府的汇总报告就等于它们之和",
    reason="一个县的部门、乡镇、办公室都齐了，汇总报告的每一格应是各份之和。多出来的，常是汇总时算重了，或者还有没有列进名单的单位。",
    advice="核对汇总报告和各份报告；名单抄漏了单位，在 expected.csv 里补上。",
    check=check,
)
