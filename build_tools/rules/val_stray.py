"""VAL-STRAY: an otherwise empty table 3 does not hold one or two stray figures."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.model import Cell, Table
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View

FEW = 2


def check(view: View) -> Iterator[Outcome]:
    """Figures that neither their row's total nor the sums of their column know of."""
    sheet = view.sheets.get("t3")
    stray = [spot for spot in sheet.figures if spot.cell.value] if sheet else []
    if sheet is None or not 0 < len(stray) <= FEW or len(sheet.empty) < len(sheet.blanks):
        return
    table = sheet.table
    if all(_alone(table, spot.row, spot.column.id) for spot in stray):
        for spot in stray:
            message = (
                f"{spot.where(table)}是 {spot.cell.value}，而本行总计、（七）总计、新收、上年结转都是空白或 0"
            )
            hint = "对照原件，抄错了就改正、漏抄了就补上；原件就是这样，照录，在“确认”里写明理由。"
            yield Problem(spot.path(table), message, hint)


def _alone(table: Table, row: str, column: str) -> bool:
    places = ((row, "total"), *((other, column) for other in ("total", "new", "carried_in")))
    return all(_nothing(table.cell(*place)) for place in places)


def _nothing(cell: Cell | None) -> bool:
    return cell is None or not cell.value


RULE = Rule(
    id="VAL-STRAY",
    severity=ERROR,
    basis=Basis.PLAUSIBLE,
    title="表三不是只有一两个孤零零的数",
    reason="整张表空白或全是0，只有一两格有数，而本行总计、（七）总计和新收、上年结转都没有数：不是多填了这个数，就是漏填了别的。",
    advice="对照原件核对这个数和整张表。原件就是这样，照录，在“确认”里写明理由。",
    check=check,
)
