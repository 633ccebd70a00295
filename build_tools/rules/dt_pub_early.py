"""DT-PUB-EARLY: a report is published and signed after the year that it is on."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.dates import signed
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """The last week of the year will do for publishing, its last day for signing."""
    report = view.report
    first = f"{report.year:04}-12-25"
    if report.published and report.published < first:
        message = f"公布日期 {report.published} 早于 {first}：{report.year}年还没有过完"
        yield Problem(("公布日期",), message, HINT)
    found = signed(view)
    last = f"{report.year:04}-12-31"
    if found and found[1] < last:
        message = f"落款日期 {found[1]} 早于 {last}：{report.year}年还没有过完"
        yield Problem(found[0], message, HINT, words=found[2])


HINT = "核对日期和年度：日期抄错了就改正；文件放错了年度就移走；原件如此，在“确认”里写明理由。"

RULE = Rule(
    id="DT-PUB-EARLY",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="公布日期和落款日期不早于年底",
    reason="年报说的是全年的事，年没有过完就写成，数字不会齐；更常见的是日期抄错，或拿成了上一年度的报告。",
    advice="核对日期和年度；原件如此，照录，在“确认”里写明理由。",
    check=check,
)
