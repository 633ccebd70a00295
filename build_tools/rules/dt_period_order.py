"""DT-PERIOD-ORDER: a stated period does not end before it begins, nor in another year."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.dates import periods
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Look at the periods the report states for its figures."""
    for period in periods(view):
        if period.start > period.end:
            yield Problem(period.path, f"统计期限“{period.quote}”的终点在起点之前", HINT, words=period.words)
        elif period.start[0] != period.end[0]:
            message = f"统计期限“{period.quote}”跨了年度：从{period.start[0]}年到{period.end[0]}年"
            yield Problem(period.path, message, HINT, words=period.words)


HINT = "对照原件，年份抄错了就改正；原件就是这样印的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="DT-PERIOD-ORDER",
    severity=ERROR,
    basis=Basis.DEFINITION,
    title="统计期限的起点不晚于终点，两端在同一年",
    reason="如“2010年1月1日起至2009年12月31日止”：只改了一处年份，读者不知道数字是哪一年的。",
    advice="对照原件；原件如此，照录，在“确认”里写明理由。",
    check=check,
)
