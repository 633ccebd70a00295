"""DU-PREV: the report is not last year's, or that of the year before, with new figures put in."""

from collections.abc import Iterator

from build_tools.copies.own import closest
from build_tools.rules.aids.copied import copied
from build_tools.rules.rule import ERROR, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

SUSPECT, SURE = 0.90, 0.99


def check(view: View) -> Iterator[Outcome]:
    """Tell of the one of the two years before that is most alike."""
    match = closest(view.own, view.past) if view.past else None
    if match and match.degree >= SUSPECT:
        whose = f"本单位{match.other.report.year}年度报告"
        yield copied(match, "全文", whose, HINT, weak=match.degree < SURE)


HINT = "先核对抄录，抄成了别的年度的就改正；原件就是这样的，照录，在“确认”里写明理由。写年报的单位：写这一年做了什么，不要只换年份和数字。"

RULE = Rule(
    id="DU-PREV",
    severity=ERROR,
    weak=WARNING,
    basis=Basis.CUSTOM,
    title="正文不与前两年的报告雷同",
    reason="国办公开办函〔2021〕30号把年报内容雷同列为要追究责任的情形。只把上年的报告换了年份和数字，读者看不到这一年做了什么；也可能录入时拿错了年度。",
    advice="对照两年的原件，录错了就改正。原件就是雷同的，照录，在“确认”里写明理由。",
    check=check,
)
