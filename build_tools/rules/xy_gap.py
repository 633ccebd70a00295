"""XY-GAP: between the first and the last report of a unit no year is missing."""

from collections.abc import Iterator

from build_tools.archive import Subject, gaps
from build_tools.finding import Problem
from build_tools.rules.rule import INFO, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Speak once for each gap: at the first report after it."""
    year = subject.report.year
    before = subject.before(year)
    missing = [gap for gap in gaps((before.year, year)) if gap not in subject.withdrawn] if before else []
    if before and missing and not subject.lineage_changed:
        years = "、".join(str(y) for y in missing)
        message = f"上一份报告是{before.year}年度，这一份是{year}年度，缺 {years} 年度，共 {len(missing)} 份"
        yield Problem((), message, HINT)


HINT = "到单位网站找缺的年度，找到就录入；确实没有发布的，可以不管这条提示，年份页会列为尚未收录。"

RULE = Rule(
    id="XY-GAP",
    severity=INFO,
    basis=Basis.ARCHIVE,
    title="一个单位首末两份报告之间不缺年度",
    reason="条例第四十九条规定每年都要公布上一年度的报告。中间缺一年，跨年核对就断了。",
    advice="补录缺的年度；确实没有发布的，可以不管这条提示。",
    check=check,
)
