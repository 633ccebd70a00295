"""XT-FEE-STATEMENT: the last part says whether fees were charged for requests."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Look for 处理费 in the prose of a report that has a last part."""
    last = next((s for s in view.report.sections if s.id == "other"), None)
    if last and not view.report.form.free and not view.reading.says("处理费"):
        message = f"“{last.heading}”和其他部分都没有说收没有收信息处理费"
        yield Problem(last.path, message, HINT)


HINT = "看原件这一部分有没有没抄的话；原件就是没有写，不要补，可以不管这条提示。"

RULE = Rule(
    id="XT-FEE-STATEMENT",
    severity=INFO,
    basis=Basis.CUSTOM,
    title="第六部分写明信息处理费的收取情况",
    reason="2021年起按国办函〔2020〕109号可以收信息处理费，各地多要求在第六部分写明收取情况，没有收的也写一句。",
    advice="看原件这一部分有没有没抄的话；原件就是没有写，可以不管这条提示。",
    check=check,
    since=2021,
    prose=True,
)
