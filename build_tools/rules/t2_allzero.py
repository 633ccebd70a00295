"""T2-ALLZERO: table 2 does not hold noughts only for three years on end."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.figures import all_nought
from build_tools.rules.rule import INFO, Basis, Outcome, Rule

YEARS = 3


def check(subject: Subject) -> Iterator[Outcome]:
    """Look back from a table of noughts."""
    table, year = subject.report.tables.get("t2"), subject.report.year
    if table is None or subject.lineage_changed or not all_nought(table):
        return
    reports = [subject.on(year - back) for back in range(1, YEARS)]
    if all(report and all_nought(report.tables.get("t2")) for report in reports):
        message = f"{table.form.name}：{year - YEARS + 1} 至 {year} 年连续 {YEARS} 年每一格都是 0"
        yield Problem((table.form.key,), message, HINT)


HINT = "看原件这几年是不是真的都填 0，有没有该抄的数字没有抄；原件就是这样印的，可以不管这条提示。"

RULE = Rule(
    id="T2-ALLZERO",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="表二不应连续三年全是 0",
    reason="一个单位三年里没有一件文件、许可、处罚和收费，不大可能；多半是没有填，照搬了空表。",
    advice="核对三年的原件；确实如此的，可以不管这条提示。",
    check=check,
)
