"""ID-REQUIRED: a report has a title and says where its original came from and when it was captured."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """What the reader lets pass: a source that names nothing, or no day of capture."""
    origin = subject.report.origin
    if not (origin.file or origin.url):
        hint = "原件放进 source 文件夹，写“文件: 文件名”；或者写“网址: https://…”。"
        yield Problem(("来源",), "“来源”里文件和网址都没有写", hint)
    if not origin.captured:
        hint = "写上取得原件的那一天，如“获取日期: 2026-01-31”。"
        yield Problem(("来源", "获取日期"), "“来源”里没有写获取日期", hint)


RULE = Rule(
    id="ID-REQUIRED",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="必填的都有：格式、标题、来源（文件或网址）、获取日期",
    reason="没有来源和获取日期，读者无从核对抄录；没有格式和标题，报告无法归类。",
    advice="照提示补上。来源：原件存了文件就写“文件”，没有存就写“网址”，至少写一样。",
    check=check,
    waivable=False,
)
