"""VAL-INT: every count is a whole number without a sign; only a change may have one."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.form import Column
from build_tools.model import Cell
from build_tools.rules.aids.wording import say
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Amounts may have decimals, but no sign."""
    for sheet in view.sheets.values():
        table = sheet.table
        for spot in sheet.figures:
            if fault := _fault(spot.cell, spot.column):
                message = say("int", place=spot.where(table), raw=spot.cell.raw, fault=fault)
                yield Problem(spot.path(table), message, HINT)


def _fault(cell: Cell, column: Column) -> str:
    if cell.raw[0] in "+-" and not column.signed:
        return say("int_sign")
    if cell.value is not None and cell.value != int(cell.value) and not column.money:
        return say("int_whole")
    return ""


HINT = "对照原件改正，看是否串了列；原件就是这样印的，在“确认”里写明理由。"

RULE = Rule(
    id="VAL-INT",
    severity=ERROR,
    basis=Basis.FORM,
    title="件数是不带正负号的整数，只有“本年增/减”可以带",
    reason="件数、项数不会有小数，也不会小于0。带小数、正负号，多半打错了或者串了列。",
    advice="对照原件改正；数字应在“本年增/减”一栏就移过去。原件就是这样印的，照录，在“确认”里写明理由。",
    check=check,
)
