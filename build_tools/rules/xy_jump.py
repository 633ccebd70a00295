"""XY-JUMP: a count does not grow or shrink more than tenfold in a year."""

from collections.abc import Iterator
from functools import lru_cache

from build_tools.finding import Problem
from build_tools.form import Column, Line, TableForm
from build_tools.model import Table
from build_tools.rules.aids.figures import Number, positions
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

TIMES = 10
LARGE = 20
"""Below this a tenfold change is everyday: 10 after 1. A count that was 0 has no ratio."""
ROWS = {"t3": ("new",)}
"""Where not every row is compared: of table 3 only the new requests, the rest follows from them."""


def check(view: View) -> Iterator[Outcome]:
    """Compare the counts with last year's where both forms have them; of rows with a total only the total."""
    for id_, table in view.report.tables.items():
        if last := view.last_table(id_):
            for row, at, then_at in _counts(table.form, last.form):
                now, before = table.rows[row][at].value, last.rows[row][then_at].value
                if before and now is not None and _jumps(before, now):
                    yield _problem(table, row, table.form.lines[row].columns[at], before, now)


@lru_cache(maxsize=128)
def _counts(now: TableForm, then: TableForm) -> tuple[tuple[str, int, int], ...]:
    """The counts that both forms have: the row, and which of its cells it is in the one and the other."""
    known, rows = positions(then), ROWS.get(now.id, now.lines)
    return tuple(
        (row, at, known[row, column])
        for (row, column), at in positions(now).items()
        if row in rows and (row, column) in known and _is_count(now.lines[row], at)
    )


def _is_count(line: Line, at: int) -> bool:
    column = line.columns[at]
    totals = any(c.id == "total" for c in line.columns)
    return column.id == "total" if totals else not (column.money or column.signed)


def _jumps(before: Number, now: Number) -> bool:
    return max(before, now) >= LARGE and (now > TIMES * before or TIMES * now < before)


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
