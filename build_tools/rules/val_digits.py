"""VAL-DIGITS: no count is a year, and none in tables 3 and 4 has six digits."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.model import Table
from build_tools.rules.aids.spots import Found
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

LARGE = 100_000  # the least number of six digits
_APPLICATIONS = {"grid", "across"}


def check(view: View) -> Iterator[Outcome]:
    """In the tables of reports that follow a form of six parts."""
    report = view.report
    for sheet in () if report.form.free else view.sheets.values():
        table = sheet.table
        for spot in sheet.figures:
            if fault := _fault(table, spot, report.year):
                hint = "对照原件核对这一格；确是这个数，在“确认”里写明理由。"
                yield Problem(spot.path(table), f"{spot.where(table)}是 {spot.cell.raw}，{fault}", hint)


def _fault(table: Table, spot: Found, year: int) -> str:
    value = spot.cell.value
    if value is None or value < year - 1 or spot.column.money:
        return ""
    if value <= year + 1:
        return "像是把年份填进了格子"
    if value >= LARGE and table.form.layout in _APPLICATIONS:
        return "有六位以上，像是几个数连在了一起"
    return ""


RULE = Rule(
    id="VAL-DIGITS",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="格子里没有误填的年份和六位以上的数",
    reason="恰好等于报告年度或前后一年的数，多半是把年份填进了格子；表三、表四里六位以上的数，多半是几个数连在了一起。",
    advice="对照原件核对。确是这个数，在“确认”里写明理由。",
    check=check,
)
