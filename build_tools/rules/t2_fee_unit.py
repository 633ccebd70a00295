"""T2-FEE-UNIT: a cell whose column is headed 万元 carries no other unit."""

from collections.abc import Iterator
from decimal import Decimal

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.money import in_unit
from build_tools.rules.aids.figures import money
from build_tools.rules.aids.spots import Found
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Look at the unit words printed in cells of money."""
    table = subject.report.tables.get("t2")
    for spot in money(table):
        if table and spot.column.unit and spot.cell.unit not in {"", spot.column.unit}:
            message = f"{spot.where(table)}：栏目的单位是{spot.column.unit}，格里写的是“{spot.cell.raw}”，{_converted(spot)}"
            yield Problem(spot.path(table), message, HINT)


def _converted(spot: Found) -> str:
    amount = in_unit(spot.cell.value or 0, spot.cell.unit, spot.column.unit)
    return f"折合 {Decimal(amount):f} {spot.column.unit}"


HINT = (
    "格里的单位若是抄录时加的，删去；原件就是这样印的，照录不改，在“确认”里写明理由，网页会注明“原文如此”。"
)

RULE = Rule(
    id="T2-FEE-UNIT",
    severity=ERROR,
    basis=Basis.FORM,
    title="表二：单位是万元的栏目，格里不能写别的单位",
    reason="官方格式的栏目名称印明“单位：万元”。格里写“元”，读的人和机器都会差一万倍。",
    advice="对照原件改正；原件就是这样印的，保留原样，在“确认”里写明理由。",
    check=check,
)
