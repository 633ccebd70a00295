"""ID-WRONGDOC: the document is a disclosure report and no other kind that is published beside it."""

import re
from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.model import Path
from build_tools.privacy import masked
from build_tools.rules.aids.words import cut, tight
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule

_OTHER = re.compile(
    "网站(?:工作)?年度(?:工作)?报[表告]|法治政府建设|政府工作报告"
    "|政务公开(?:工作)?(?:要点|总结|计划|方案|安排|任务)|信息公开(?:工作)?(?:指南|目录|制度|规定|总结)"
)
_REPORT = re.compile("信息公开[^，。]{0,12}(?:报告|年报)")


def check(subject: Subject) -> Iterator[Outcome]:
    """By the title; and by the headings, where none of them speaks of disclosure."""
    report = subject.report
    title = tight(report.title)
    found = _OTHER.search(title)
    if found and not _REPORT.search(title):
        yield _problem(("标题",), "标题", title, found[0])
        return
    if not report.form.free or any("公开" in section.heading for section in report.sections):
        return
    for section in report.sections:
        if found := _OTHER.search(tight(section.heading)):
            yield _problem(section.path, "部分标题", section.heading, found[0])
            return


def _problem(path: Path, what: str, text: str, word: str) -> Problem:
    message = f"{what}“{cut(masked(text), 30)}”里有“{word}”，看来不是政府信息公开工作年度报告"
    return Problem(path, message, "对照原件：拿错了文件就换成年度报告；标题抄错了就改正。")


RULE = Rule(
    id="ID-WRONGDOC",
    severity=ERROR,
    basis=Basis.CUSTOM,
    title="收的是政府信息公开工作年度报告，不是别的文件",
    reason="政府网站年度报表、法治政府建设年度报告、政务公开要点和总结、政府信息公开工作总结、公开指南常与年报放在同一栏目，容易拿错。",
    advice="看原件的标题和各部分标题，换成这一年度的政府信息公开工作年度报告；没有就删去这个文件。",
    check=check,
)
