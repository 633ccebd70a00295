"""TPL-2019: a report is in the form that was issued for its year, though not yet demanded."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.in_force import demanded, encouraged, expired, names, too_early
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Forms that cannot be of this year at all are TPL-ANACHRON's matter."""
    form, year = subject.report.form, subject.report.year
    wanted = encouraged(year)
    if not wanted or form in wanted or demanded(year) or too_early(form, year) or expired(form, year):
        return
    message = f"{year}年度的报告鼓励用{names(wanted)}，这份是“{form.name}”"
    hint = "看原件表头核对“格式”，选错了就改；原件是旧写法，在“确认”里写明即可。"
    yield Problem(("格式",), message, hint)


RULE = Rule(
    id="TPL-2019",
    severity=WARNING,
    basis=Basis.FORM,
    title="新格式已经印发、尚未强制的年度，最好用新格式",
    reason="国办公开办函〔2019〕60号2019年11月印发，鼓励2019年度的报告参照使用，2020年度起应当使用。",
    advice="核对“格式”是否选错。原件确是旧写法，可以照录，在“确认”里写明。",
    check=check,
)
