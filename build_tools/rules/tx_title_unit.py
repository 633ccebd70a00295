"""TX-TITLE-UNIT: a title names the unit."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.privacy import masked
from build_tools.rules.aids.titles import titled_unit
from build_tools.rules.aids.words import cut, tight
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Another unit in the title is the business of ID-NAME-REGISTER; here it names none."""
    report = view.report
    title = tight(report.title)
    if "公开" in title and not report.printed_unit and not titled_unit(title):
        yield Problem(("标题",), f"标题“{cut(tight(masked(report.title)), 30)}”里没有单位名称", HINT)


HINT = "原件标题里有就补上；没有，把落款或网页上的名称写进“单位名称”。"

RULE = Rule(
    id="TX-TITLE-UNIT",
    severity=ERROR,
    basis=Basis.CUSTOM,
    title="标题写明是哪个单位的报告",
    reason="只写“2025年政府信息公开工作年度报告”，离开那个网站就不知道是谁的。",
    advice="原件标题里有就补上；原件没有的，把原件落款或网页上的名称写进“单位名称”。",
    check=check,
)
