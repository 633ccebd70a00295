"""TPL-ANACHRON: no table is in a form that did not exist yet, or whose statistics had ended."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.form import Form
from build_tools.forms import official
from build_tools.model import Report
from build_tools.rules.aids.in_force import demanded, expired, too_early
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Each form once; an ended form only where TPL-YEAR has no form to demand."""
    report, year = subject.report, subject.report.year
    hint = "核对“格式”和文件名里的年度，写错了就改；原件确是如此，在“确认”里写明理由。"
    for form in _forms(report):
        if too_early(form, year):
            message = f"{year}年度的报告不会用{form.name}：它从{form.first}年度起才有"
            yield Problem(("格式",), message, hint)
    if expired(report.form, year) and not demanded(year):
        message = f"{year}年度的报告不再只用{report.form.name}：它用到{report.form.last}年度为止"
        yield Problem(("格式",), message, hint)


def _forms(report: Report) -> list[Form]:
    used = dict.fromkeys((report.form.id, *(table.form_id for table in report.tables.values())))
    return [
        form
        for id_ in used
        for form in [report.form if id_ == report.form.id else official().get(id_)]
        if form
    ]


RULE = Rule(
    id="TPL-ANACHRON",
    severity=ERROR,
    basis=Basis.FORM,
    title="没有早于格式印发、晚于格式停用的表",
    reason="2019年格式2019年才印发，2021年格式2021年才印发，2014年统计表只用到2018年度。年份对不上，多半是格式或年度写错了。",
    advice="核对“格式”和文件名里的年度。报告确是事后补的、用了后来的格式，照录，在“确认”里写明理由。",
    check=check,
)
