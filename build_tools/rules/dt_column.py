"""DT-COLUMN: the years in the address of a report are not against the year that it reports on."""

import re
from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.rule import INFO, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Columns are named for the year reported on or the one after it; nothing is published before the year ends."""
    year, url = subject.report.year, subject.report.origin.url
    right = (year, year + 1)
    for match in _COLUMN.finditer(url):
        if int(match["year"]) not in right:
            yield _problem(f"网址里“{match['name']}”是{match['year']}年的栏目，报告是{year}年度的")
            return
    days = [match for pattern in _DAYS for match in pattern.finditer(url)]
    early = [day for day in days if (int(day["year"]), int(day["month"])) < (year, LAST)]
    if days and len(early) == len(days):
        yield _problem(f"网址里的日期“{early[0]['name']}”早于{year}年度结束，那时还不会公布")


def _problem(message: str) -> Problem:
    return Problem(("来源", "网址"), message, HINT)


LAST = 12  # a few are published in the last days of the year
_YEAR = "(?P<year>20[0-9]{2})"
_COLUMN = re.compile(
    rf"/(?P<name>{_YEAR}(?:n[a-z]{{0,12}}[0-9]{{0,4}}|年[^/]{{0,20}}|%E5%B9%B4[^/]{{0,60}}))(?=/)",
    re.IGNORECASE,
)
_DAYS = (
    re.compile(
        rf"/t?(?P<name>{_YEAR}(?P<month>0[1-9]|1[0-2])(?:(?:0[1-9]|[12][0-9]|3[01])(?=[_/.\-])|(?=/)))"
    ),
    re.compile(rf"/(?P<name>{_YEAR}[-/](?P<month>1[0-2]|0?[1-9])[-/](?:[12][0-9]|3[01]|0?[1-9]))(?=/)"),
)
HINT = "打开网址看看，是不是这一年的报告；抄错了就改正，单位就是这样放的，照录。"

RULE = Rule(
    id="DT-COLUMN",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="网址里的年份和报告年度不矛盾",
    reason="年报放错了年度的栏目，公众就找不到；网址里的日期比报告年度还早，多半抄的是上一年的网址。",
    advice="打开网址核对。抄错了就改正；单位放错了栏目，照录，可以提醒单位更正。",
    check=check,
)
