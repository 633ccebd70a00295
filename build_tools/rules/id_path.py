"""ID-PATH: the file stands where its unit and year say."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Province, county, unit, year."""
    code, year = subject.report.unit, subject.report.year
    expected = f"{code[:2]}/{code[:6]}/{code}/{year}.yml"
    if subject.file != expected:
        message = f"文件在 {subject.file}，应在 {expected}"
        yield Problem((), message, f"把文件移到 reports/{expected}。")


RULE = Rule(
    id="ID-PATH",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="文件放在“省/县/单位/年度.yml”应在的位置",
    reason="单位和年度只由文件的位置表示，里面不重复写；位置错了，报告就挂在别的单位名下。",
    advice="照提示的位置移动或改名。",
    check=check,
    waivable=False,
)
