"""NT-G0-SUM: the figures quoted from a report without tables add up."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.quoted import Quoted, Sum, in_all, numbers_of, sums
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Totals against their parts; what is counted from the beginning against the year alone."""
    numbers = numbers_of(subject.report.figures)
    for one in sums(numbers):
        if not one.holds:
            yield _problem(one.total, _sum(one))
    for whole, year in in_all(numbers):
        if whole.value < year.value:
            less = year.value - whole.value
            yield _problem(
                whole,
                f"“{whole.name}”{whole.value} 少于“{year.name}”{year.value}，差 {less}：累计不会比一年的少",
            )


def _sum(one: Sum) -> str:
    parts = " + ".join(f"{part.name} {part.value}" for part in one.parts)
    word = "不等于" if one.exact else "少于"
    told = f"“{one.total.name}”{one.total.value} {word}各项之和 {one.sum}（{parts}）"
    return f"{told}，差 {abs(one.total.value - one.sum)}"


def _problem(figure: Quoted, message: str) -> Problem:
    return Problem(("数据", figure.at, "数值"), message, HINT)


HINT = "对照原文。是摘录错了就改正；原文就是这样写的，保留原数，在“确认”里写明理由。"

RULE = Rule(
    id="NT-G0-SUM",
    severity=WARNING,
    basis=Basis.DEFINITION,
    title="从没有统计表的报告里摘录的数加得起来",
    reason=(
        "收到申请数是各渠道之和，答复数是同意公开、部分公开、不予公开之和，不予公开数不少于各项理由之和，累计数不少于本年数。"
        "只摘录了一部分的，只看各项有没有超过总数。"
    ),
    advice="逐个对照原文。是摘录错了就改正；原文就是这样写的，保留原数，在“确认”里写明理由。",
    check=check,
)
