"""TPL-LABEL: every label is printed as the form has it."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.model import Table
from build_tools.rules.aids.printed import SUBTOTAL, as_good_as, corners, foreign_words, label_path
from build_tools.rules.aids.words import level
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Deviating labels are written down in the report file; where none is, all is well."""
    for table in subject.report.tables.values():
        for label, printed in table.labels.items():
            if message := _deviation(table, label, printed):
                hint = (
                    "核对原件，抄错了就改“原表标签”（与格式一样就删去这一行）；原件如此，在“确认”里写明理由。"
                )
                yield Problem(label_path(table, label), message, hint)


def _deviation(table: Table, label: str, printed: str | None) -> str:
    if printed is None:
        return "" if label in corners(table.form) else f"{table.form.name}没有印“{label}”"
    text = level(printed)
    others = foreign_words(table.form_id, table.form.key)
    if SUBTOTAL in text or text in others or text in as_good_as(table.form, label):
        return ""
    return f"{table.form.name}印的是“{printed}”，官方格式是“{label}”"


RULE = Rule(
    id="TPL-LABEL",
    severity=WARNING,
    basis=Basis.FORM,
    title="表里的栏目名称与官方格式一致",
    reason="栏目名称少一个字，意思可能就变了（“其他法律行政法规禁止公开”不同于“其他法律法规禁止公开”）。全角半角、引号、空格的差别不算。",
    advice="核对“原表标签”是否抄错。原件就是这样印的，照录，在“确认”里写明理由。",
    check=check,
)
