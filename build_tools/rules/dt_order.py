"""DT-ORDER: a report is published before it is taken in, and nothing happens in years to come."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Compare the two dates with each other, and their years with the current one."""
    published, captured = subject.report.published, subject.report.origin.captured
    for path, what, day in (
        (("公布日期",), "公布日期", published),
        (("来源", "获取日期"), "获取日期", captured),
    ):
        if day and int(day[:4]) > subject.now:
            yield Problem(path, f"{what} {day} 还没有到，今年是{subject.now}年", HINT)
    if published and captured and published > captured:
        message = f"公布日期 {published} 晚于获取日期 {captured}：还没有公布，怎么取得的"
        yield Problem(("公布日期",), message, HINT)


HINT = "两个日期都核对一遍：公布日期照发布网页，获取日期是下载或收到原件的那一天；不知道就写 ~。"

RULE = Rule(
    id="DT-ORDER",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="先公布，后获取，都不在将来",
    reason="日期的先后乱了，说明至少有一个抄错；年报什么时候公布的，读者要靠它判断是否按时。",
    advice="核对两个日期，照实改正；不知道的写 ~。",
    check=check,
    waivable=False,
)
