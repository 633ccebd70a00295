"""DU-OTHER: the report is not that of another unit of the county on the same year."""

from collections.abc import Iterator

from build_tools.rules.aids.copied import copied
from build_tools.rules.rule import ERROR, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

SUSPECT, SURE = 0.85, 0.97


def check(view: View) -> Iterator[Outcome]:
    """Tell of the neighbour whose report is most alike."""
    match = view.neighbours.nearest(view.report)
    if match and match.degree >= SUSPECT:
        whose = f"{match.other.unit.name}同年度的报告（{match.other.report.id}）"
        yield copied(match, "全文", whose, HINT, weak=match.degree < SURE)


HINT = "先看是不是把同一份原件录在了两个单位下面，录错了就改正；两份原件就是这样的，照录，在“确认”里写明理由。写年报的单位：写自己做了什么。"

RULE = Rule(
    id="DU-OTHER",
    severity=ERROR,
    weak=WARNING,
    basis=Basis.CUSTOM,
    title="正文不与同县其他单位同年度的报告雷同",
    reason="国办公开办函〔2021〕30号把年报内容雷同列为要追究责任的情形；两个单位的报告只差名称和数字，至少有一份不是自己写的，也可能录错了单位。全国范围的，用 nianbao copies 查。",
    advice="对照两份原件，录错了就改正。原件就是雷同的，照录，在“确认”里写明理由。",
    check=check,
)
