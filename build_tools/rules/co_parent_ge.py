"""CO-PARENT-GE: what a government reports for all its offices is no less than what these report."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.parts import added, parts_of
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Of each row that is less in a cell or more speak once: at its last, which is the total where there is one."""
    for row in added(view, parts_of(view)):
        less = [cell for cell in row if cell.whole < cell.sum]
        if less:
            others = f"；这一行另有 {len(less) - 1} 格也少" if len(less) > 1 else ""
            yield Problem(less[-1].path, f"{less[-1]}{others}", HINT)


HINT = "先核对这一格，再核对所列各份；“范围: 汇总”写错的，删去这一行；原件就是这样印的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="CO-PARENT-GE",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="政府的汇总报告，每一格不少于所属各份报告之和",
    reason="汇总报告包括本地区各机关的数。档案里各机关的数加起来反而更多，不是抄错了，就是汇总时漏了，或者这一份其实只说本机关。",
    advice="核对汇总报告和所列各份；原件就是这样印的，照录，在“确认”里写明理由。没有数的格不当作 0，也不算进去。",
    check=check,
)
