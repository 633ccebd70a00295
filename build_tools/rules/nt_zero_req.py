"""NT-ZERO-REQ: prose that says no request came in does not stand over a table that has some."""

from collections.abc import Iterator

from build_tools.model import Table
from build_tools.rules.aids.claims import none_received
from build_tools.rules.aids.figures import number
from build_tools.rules.aids.prose import stated
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Hold "no request" against table 3: the new ones, or any cell where these are not told."""
    table = view.report.tables.get("t3")
    found = _found(view, table) if table and view.reading.says("申请") else ""
    for claim in stated(view, none_received(view.reading)) if found else ():
        yield claim.problem(f"说没有收到申请，{found}")
        return


def _found(view: View, table: Table) -> str:
    new = number(table, "new", "total")
    if new == 0 and number(table, "carried_in", "total"):
        return ""  # no new request, and one of last year's: both may be so
    figure = next((f for f in view.sheets["t3"].figures if f.cell.value), None)
    return f"{figure.where(table)}却是 {figure.cell.value}，差 {figure.cell.value}" if figure else ""


RULE = Rule(
    id="NT-ZERO-REQ",
    severity=ERROR,
    basis=Basis.PLAUSIBLE,
    title="正文说没有收到申请，表三就不应有申请",
    reason="正文写“未收到申请”或“0件”，表三却有数，两处必有一处错；读者不知道该信哪一个。",
    advice="对照原件改正抄录；原件就是这样写的，不要改，在“确认”里写明规则、位置和理由。",
    check=check,
    prose=True,
)
