"""TPL-EXTRA-SUBTOTAL: no table has subtotals that the form does not have."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.model import Path, Table
from build_tools.rules.aids.printed import EXTRA, SUBTOTAL, groups, label_path
from build_tools.rules.aids.words import level
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule

_WORDS = (SUBTOTAL, "合计")


def check(subject: Subject) -> Iterator[Outcome]:
    """Surplus rows, and labels turned into subtotals."""
    for table in subject.report.tables.values():
        if table.extra or table.labels:
            for path, text in _subtotals(table):
                message = f"{table.form.name}里有格式以外的小计“{text}”"
                hint = "核对原件，是自己加的就删去；原件印有小计，照录，在“确认”里写明理由。"
                yield Problem(path, message, hint)


def _subtotals(table: Table) -> Iterator[tuple[Path, str]]:
    heads = groups(table.form)
    for row in table.extra:
        if any(word in row.label for word in _WORDS) or level(row.label) in heads:
            yield (EXTRA,), row.label
    for label, printed in table.labels.items():
        if printed and SUBTOTAL in printed:
            yield label_path(table, label), printed


RULE = Rule(
    id="TPL-EXTRA-SUBTOTAL",
    severity=WARNING,
    basis=Basis.FORM,
    title="表里没有格式以外的小计行、小计栏",
    reason="格式在（三）至（六）只有分项，没有小计；法人或其他组织也没有小计栏。自行加了小计，加总时容易重复计算。",
    advice="核对原件。原件确有小计，写在“多出的行”里，在“确认”里写明理由。",
    check=check,
)
