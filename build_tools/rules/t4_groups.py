"""T4-GROUPS: table 4 has its three groups of five cells, none of them lost."""

from collections.abc import Iterator
from itertools import groupby

from build_tools.finding import Problem
from build_tools.rules.aids.figures import row_name
from build_tools.rules.aids.spots import MISSING
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Look for groups with cells that are marked as lost."""
    sheet = view.sheets.get("t4")
    if sheet is None:
        return
    table = sheet.table
    missing = (spot for spot in sheet.blanks if spot.cell.state is MISSING)
    for row, spots in groupby(missing, key=lambda spot: spot.row):
        lost, whole = [spot.column.label for spot in spots], len(table.rows[row])
        message = (
            f"{row_name(table, row)}：应有 {whole} 格，只有 {whole - len(lost)} 格，差 {len(lost)} 格，"
            f"缺的是 {'、'.join(lost)}"
        )
        yield Problem(table.path(row), message, HINT)


HINT = (
    "找原件或别处的副本补抄；原件印了而没有填数的格写 ~；原件就印成这样、再也找不到的，在“确认”里写明理由。"
)

RULE = Rule(
    id="T4-GROUPS",
    severity=ERROR,
    basis=Basis.FORM,
    title="表四要有行政复议、未经复议直接起诉、复议后起诉三组，每组五格",
    reason="官方格式的表四有三组，每组结果维持、结果纠正、其他结果、尚未审结、总计五格。少了格，数字属于哪一格就说不准。",
    advice="补抄丢失的格；原件就缺的，保留“缺”，在“确认”里写明理由。",
    check=check,
)
