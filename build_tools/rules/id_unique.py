"""ID-UNIQUE: a unit has one report on a year."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Other files for the same unit and year."""
    if subject.twins:
        report = subject.report
        message = f"{report.unit} 的{report.year}年度报告还有：{'、'.join(subject.twins)}"
        yield Problem((), message, "比较这几个文件，只留一份；放错地方的移到它的单位和年度去。")


RULE = Rule(
    id="ID-UNIQUE",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="一个单位一个年度只有一份报告",
    reason="同一地址只能有一份报告；两份并存，读者和统计都不知道该用哪一份。",
    advice="比较两个文件，留下对的一份，删去另一份；另一份其实属于别的单位或年度，就移到应在的地方。",
    check=check,
    waivable=False,
)
