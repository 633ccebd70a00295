"""DT-PERIOD: the period that a report states is the year it is on, from its first day to its last."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.dates import periods
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View

FIRST_DAY, LAST_DAY = (1, 1), (12, 31)


def check(view: View) -> Iterator[Outcome]:
    """A period that runs backwards or over two years is told by DT-PERIOD-ORDER."""
    year = view.report.year
    for period in periods(view):
        within = period.start[0] == period.end[0] and period.start <= period.end
        if within and (period.start, period.end) != ((year, *FIRST_DAY), (year, *LAST_DAY)):
            message = f"写的统计期限是“{period.quote}”，{year}年度报告应是{year}年1月1日至12月31日"
            yield Problem(period.path, message, HINT, words=period.words)


HINT = "对照原件，抄错了就改正；原件就是这样印的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="DT-PERIOD",
    severity=ERROR,
    basis=Basis.CUSTOM,
    title="写明的统计期限是报告年度的1月1日至12月31日",
    reason="年报说的是一整个年度。写成别的年份、少了几天，多半是照搬旧稿；少了的日子里的申请，哪一年的报告都不会有。",
    advice="对照原件；原件如此，照录，在“确认”里写明理由。没有写期限的不必补。",
    check=check,
)
