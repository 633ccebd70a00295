"""XT-FEE-UNPAID: a report with requests that ended for want of a fee says something of the fees."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.figures import number
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

ROW = "other_fee_unpaid"
WORDS = ("信息处理费", "收费通知", "处理费")


def check(view: View) -> Iterator[Outcome]:
    """Look for words on fees where table 3 has unpaid ones."""
    table = view.report.tables.get("t3")
    figure = number(table, ROW, "total")
    last = view.report.text("other")
    if table and figure and last and not view.reading.says(*WORDS):
        message = f"{table.form.where(ROW, 'total')}是 {figure}，正文却没有一句说到信息处理费"
        yield Problem(table.path(ROW, "total"), message, HINT)


HINT = "看这一行是不是抄串了；原件正文就是没有写，不要补，在“确认”里写明理由。"

RULE = Rule(
    id="XT-FEE-UNPAID",
    severity=WARNING,
    basis=Basis.LAW,
    title="有逾期不缴费的申请，正文应说到信息处理费",
    reason="发过收费通知才会有逾期不缴费（国办函〔2020〕109号），报告应当说明收费的情况；不说的，这一行多半填错了。",
    advice="看这一行是不是抄串了；原件正文就是没有写，在“确认”里写明理由。",
    check=check,
    since=2021,
    prose=True,
)
