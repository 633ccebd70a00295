"""TPL-MIXED: no table, row or label of another form stands in the report."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.forms import official
from build_tools.model import Path, Report, Table
from build_tools.rules.aids.printed import EXTRA, PROCUREMENT, foreign_words, label_path
from build_tools.rules.aids.words import level
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Whole tables by their declared form, single words by what is printed."""
    report = subject.report
    for table in report.tables.values():
        if table.form_id != report.form.id:
            yield _table(report, table)
        if table.labels or table.extra:
            yield from _words(table)


def _table(report: Report, table: Table) -> Problem:
    form = official().get(table.form_id)
    name = form.name if form else table.form_id
    message = f"{table.form.name}用的是{name}，报告其余部分是{report.form.name}"
    hint = "看原件表头核对“格式”；原件就是混用的，照录，在“确认”里写明理由。"
    return Problem(("格式", table.form.key), message, hint)


def _words(table: Table) -> Iterator[Problem]:
    words = foreign_words(table.form_id, table.form.key)
    printed: list[tuple[Path, str]] = [
        *((label_path(table, label), text) for label, text in table.labels.items() if text),
        *(((EXTRA,), row.label) for row in table.extra if PROCUREMENT not in row.label),
    ]
    for path, text in printed:
        if form := words.get(level(text)):
            message = f"{table.form.name}里印的“{text}”是{form}的栏目，不是这张表的"
            hint = "核对这张表的格式，写错了就改“格式”；原件确是这样印的，在“确认”里写明理由。"
            yield Problem(path, message, hint)


RULE = Rule(
    id="TPL-MIXED",
    severity=WARNING,
    basis=Basis.FORM,
    title="表里没有别的格式的栏目，各表用同一种格式",
    reason="两种格式的栏目意思不同（“对外公开总数量”是累计，“现行有效件数”是存量），混在一起就不能比较。",
    advice="核对这张表究竟是哪种格式，用“格式: {主动公开: …, 申请: …}”分表写明。原件就是混用的，照录，在“确认”里写明理由。",
    check=check,
)
