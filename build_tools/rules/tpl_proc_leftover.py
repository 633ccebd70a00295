"""TPL-PROC-LEFTOVER: a report in the form of 2021 has no figures of government procurement."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.printed import EXTRA, PROCUREMENT
from build_tools.rules.rule import INFO, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Surplus rows of tables; a whole table in the old form is TPL-MIXED's matter."""
    for table in subject.report.tables.values():
        for row in table.extra:
            if PROCUREMENT in row.label:
                figures = "、".join(value for value in row.values if value) or "空白"
                message = f"{table.form.name}里还有“{row.label}”（{figures}），这一行已经删去"
                hint = "核对原件，没有这一行就删去；原件确有，在“确认”里写明即可。"
                yield Problem((EXTRA,), message, hint)


RULE = Rule(
    id="TPL-PROC-LEFTOVER",
    severity=INFO,
    basis=Basis.FORM,
    title="2021年度起表二没有政府集中采购",
    reason="2021年格式删去了第二十条第（九）项“政府集中采购”。还有这一行，说明沿用了旧表。",
    advice="核对原件。原件确有这一行，写在“多出的行”里，在“确认”里写明。",
    check=check,
    since=2021,
)
