"""ID-YEAR-RANGE: the report is on a year since the regulations took effect that is over."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule

FIRST = 2008  # 《政府信息公开条例》 took effect on 1 May 2008


def check(subject: Subject) -> Iterator[Outcome]:
    """The year comes from the file's name."""
    year = subject.report.year
    if not FIRST <= year < subject.now:
        message = f"文件名写的是{year}年度，只能是{FIRST}至{subject.now - 1}年度"
        hint = "文件名应是报告所说的那一年（如2020年度的报告是 2020.yml，虽然2021年才公布）；改文件名。"
        yield Problem((), message, hint)


RULE = Rule(
    id="ID-YEAR-RANGE",
    severity=ERROR,
    basis=Basis.LAW,
    title="报告年度在2008年以后、今年以前",
    reason="《政府信息公开条例》2008年5月1日施行，年度报告从2008年度开始；一年没有过完，不会有这一年的年度报告。",
    advice="对照标题里的年份改文件名。文件名是报告所说的那一年，不是公布的那一年。",
    check=check,
    waivable=False,
)
