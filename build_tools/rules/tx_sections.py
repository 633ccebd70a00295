"""TX-SECTIONS: a report has all parts of the official form."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.form import SectionForm
from build_tools.forms import official
from build_tools.model import Path
from build_tools.rules.aids.words import level
from build_tools.rules.rule import ERROR, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """By the keys of the report file; in a report in no form, which TPL-YEAR tells, by its headings."""
    report = view.report
    form = next((form for form in official().values() if form.demanded_of(report.year)), None)
    if report.form.free:
        headings = [level(section.heading) for section in report.sections]
        parts = form.sections if form else ()
        lacking = [part for part in parts if part.heading and not _is_headed(part, headings)]
        path: Path = ("章节",)
    else:
        there = {section.id for section in report.sections}
        parts = report.form.sections
        lacking = [part for part in parts if part.heading and not part.table and part.id not in there]
        path = ("正文",)
    if lacking:
        names = "、".join(f"“{part.title}”" for part in lacking)
        yield Problem(path, f"缺少 {names}，共 {len(lacking)} 部分", HINT, weak=report.form.free)


def _is_headed(part: SectionForm, headings: list[str]) -> bool:
    return any(level(name) in heading for name in (part.heading, *part.variants) for heading in headings)


HINT = "对照原件，抄漏了就补上；原件没有这一部分，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-SECTIONS",
    severity=ERROR,
    weak=WARNING,
    basis=Basis.FORM,
    title="格式规定的六个部分都有",
    reason="官方格式规定六个部分，第五十条要求的内容分在这六部分里。缺一部分，多半是抄漏了，或者单位没有按格式写。",
    advice="对照原件，抄漏了就补上；原件没有这一部分的，照录，在“确认”里写明理由。",
    check=check,
)
