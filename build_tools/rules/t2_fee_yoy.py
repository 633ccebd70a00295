"""T2-FEE-YOY: the amount is not ten thousand times last year's, which would be a slip between 元 and 万元."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.model import Table
from build_tools.rules.aids.figures import Number, money
from build_tools.rules.aids.spots import Found
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

NEAR = (9_000, 11_000)
"""How many times last year's amount looks like 元 for 万元: about ten thousand, as fees change a little."""


def check(view: View) -> Iterator[Outcome]:
    """Compare the amounts in columns that have a unit with last year's."""
    table, last = view.report.tables.get("t2"), view.last_table("t2")
    for spot in money(table) if last else ():
        now, then = spot.cell.value, _then(spot, last)
        if table and now and then and NEAR[0] <= max(now, then) / min(now, then) <= NEAR[1]:
            times = round(max(now, then) / min(now, then))
            word = "大" if now > then else "小"
            message = (
                f"{spot.where(table)}：本年 {now}，上年 {then}，差 {abs(now - then)}，{word}了约 {times} 倍"
            )
            yield Problem(spot.path(table), message, HINT)


def _then(spot: Found, last: Table | None) -> Number | None:
    cell = last.cell(spot.row, spot.column.id) if last and spot.column.unit else None
    return cell.value if cell and cell.unit == spot.cell.unit else None


HINT = "看这两年的原件哪一年按元填了，抄错了就改；原件就是这样印的，保留原数，在“确认”里写明理由。"

RULE = Rule(
    id="T2-FEE-YOY",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="表二：收费金额不应恰好是上年的一万倍或万分之一左右",
    reason="相差约一万倍，多半是有一年把元当作万元填了。",
    advice="核对两年的原件；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
)
