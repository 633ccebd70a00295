"""XY-JUMP: a count does not grow or shrink more than tenfold in a year."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.form import Column
from build_tools.model import Table
from build_tools.rules.aids.figures import Number, last_table
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule

TIMES = 10
LARGE = 20
"""Below this a tenfold change is everyday: 10 after 1. A count that was 0 has no ratio."""
ROWS = {"t3": ("new",)}
"""Where not every row is compared: of table 3 only the new requests, the rest follows from them."""


def check(subject: Subject) -> Iterator[Outcome]:
    """Compare the counts with last year's where both forms have them; of rows with a total only the total."""
    for id_, table in subject.report.tables.items():
        last = last_table(subject, id_)
        for row in ROWS.get(id_, table.rows) if last else ():
            yield from _row(table, last, row) if last and row in last.rows else ()


def _row(table: Table, last: Table, row: str) -> Iterator[Outcome]:
    then = {c.id: cell.value for c, cell in zip(last.form.lines[row].columns, last.rows[row], strict=True)}
    columns = table.form.lines[row].columns
    totals = any(column.id == "total" for column in columns)
    for column, cell in zip(columns, table.rows[row], strict=True):
        before = then.get(column.id)
        if (
            before
            and cell.value is not None
            and _jumps(before, cell.value)
            and _counts(column, totals=totals)
        ):
            yield _problem(table, row, column, before, cell.value)


def _jumps(before: Number, now: Number) -> bool:
    return max(before, now) >= LARGE and (now > TIMES * before or TIMES * now < before)


def _counts(column: Column, *, totals: bool) -> bool:
    return column.id == "total" if totals else not (column.money or column.signed)


def _problem(table: Table, row: str, column: Column, before: Number, now: Number) -> Problem:
    many = (
        f"{now} 是 {before} 的 {now / before:.0f} 倍" if now > before else f"{now} 不到 {before} 的十分之一"
    )
    message = f"{table.form.where(row, column.id)}：上年 {before}，本年 {now}，差 {abs(now - before)}，{many}"
    return Problem(table.path(row, column.id), message, HINT)


HINT = "核对两年的原件，看是不是多写少写了位数、串了行；原件就是这样印的，保留原数，在“确认”里写明理由。"

RULE = Rule(
    id="XY-JUMP",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="件数与上年相比，不应增到十倍以上或减到十分之一以下",
    reason="业务量很少一年变化十倍。变化这么大，多半是多写少写了一位、串了行，或换了统计口径。",
    advice="核对两年的原件；确实如此的，在“确认”里写明理由，如机构合并、职权下放。",
    check=check,
)
