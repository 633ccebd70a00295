"""TPL-YEAR: a report is in the form demanded for its year."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.in_force import demanded, names, too_early
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """A form that did not exist yet is TPL-ANACHRON's matter; a single table in another form TPL-MIXED's."""
    form, year = subject.report.form, subject.report.year
    wanted = demanded(year)
    if wanted and not form.demanded_of(year) and not too_early(form, year):
        message = f"{year}年度的报告应当用{names(wanted)}，这份是“{form.name}”"
        hint = "看原件表头核对“格式”，选错了就改；原件用错了格式，照录，在“确认”里写明理由。"
        yield Problem(("格式",), message, hint)


RULE = Rule(
    id="TPL-YEAR",
    severity=ERROR,
    basis=Basis.FORM,
    title="使用报告年度应当使用的格式",
    reason="国办公开办函〔2019〕60号：2020年度应当用2019年格式；国办公开办函〔2021〕30号：2021年度起应当用2021年格式。",
    advice="先核对“格式”是否选错（看表头的栏目）。原件就是用错了格式，照录，在“确认”里写明理由。",
    check=check,
)
