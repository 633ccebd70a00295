"""CO-EXPECTED: of every unit on the county's list the archive has the report, once the day is over."""

from collections.abc import Iterable, Iterator

from build_tools.finding import Problem
from build_tools.rules.rule import INFO, Basis, Rule
from build_tools.standing import Count, Known, Standing, State


def missing(found: Iterable[tuple[Known, Standing]], count: Count) -> Iterator[Problem]:
    """A problem for each unit of a year's list whose report is not here, at its line; `count` is of that year."""
    short = count.units - count.reports
    year = f"名单上 {count.units} 个单位，档案里有 {count.reports} 份，差 {short}"
    timed = f"按时 {count.on_time} 份，晚 {count.late} 份，日期不明 {count.undated} 份"
    for known, stand in found:
        if stand.state is State.MISSING and known.listed:
            day = f"应在 {stand.limit.on} 前公开" if stand.limit else "没有写明哪天以前公开"
            message = f"{known.listed.name}（{known.unit}）{known.year}年度的报告{day}，档案里没有；{year}（{timed}）"
            at = (known.listed.line, 1, known.listed.line, 2)
            yield Problem((), message, HINT, rule=RULE.id, at=at)


HINT = "到单位网站找这一份，找到就录入；可能在别处公布过，找不到的，可以不管这条提示，网页上只说档案里没有。"

RULE = Rule(
    id="CO-EXPECTED",
    severity=INFO,
    basis=Basis.CUSTOM,
    title="应公开名单上的单位，期限过了，档案里都有报告",
    reason="主管部门每年公布哪些单位应当发布年报、发布了多少。名单写在县文件夹的 expected.csv 里，对照它才知道档案还缺哪些。缺的只是档案里没有，不等于没有公布。",
    advice="到单位网站找缺的报告，找到就录入；名单抄错了，改 expected.csv 的那一行；找不到的，可以不管这条提示。",
    waivable=False,
)
