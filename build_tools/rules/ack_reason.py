"""ACK-REASON: every acknowledgement has a place, a reason one can understand, and a date."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.model import Waiver
from build_tools.rules.aids.words import tight
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule

LEAST = 10  # characters of a reason


def check(subject: Subject) -> Iterator[Outcome]:
    """Each acknowledgement by itself; that it names a rule the reader has seen to."""
    for waiver in subject.report.waivers:
        yield from _faults(waiver)


def _faults(waiver: Waiver) -> Iterator[Problem]:
    if not waiver.where:
        hint = "照发现里的写法写，如“位置: 申请/新收/总计”；指整个文件写“全文”。"
        yield Problem((*waiver.path, "位置"), f"确认 {waiver.rule} 没有写位置", hint)
    if (length := len(tight(waiver.reason))) < LEAST:
        message = f"确认 {waiver.rule} 的理由只有 {length} 个字，至少 {LEAST} 个字"
        yield Problem((*waiver.path, "理由"), message, "写明对照了什么原件、看到了什么、为什么照录。")
    if not waiver.date:
        hint = "写上作出确认的那一天，如“日期: 2026-01-31”。"
        yield Problem((*waiver.path, "日期"), f"确认 {waiver.rule} 没有写日期", hint)


RULE = Rule(
    id="ACK-REASON",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="“确认”写明位置、理由（十个字以上）和日期",
    reason="确认会把错误标成“原文如此”给读者看，必须说清楚凭什么。谁写的，版本库里有记录。",
    advice="补上缺的项。理由写明对照了什么、看到了什么，如“原件扫描件第3页即为1，正文为0，照录”。",
    check=check,
    waivable=False,
)
