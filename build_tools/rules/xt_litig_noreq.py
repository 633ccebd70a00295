"""XT-LITIG-NOREQ: where nobody asked for anything, nobody goes to law about it."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.figures import number
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

ROWS = ("review", "suit_direct", "suit_after_review")


def check(view: View) -> Iterator[Outcome]:
    """Look for disputes where neither this year nor the last had requests."""
    table, disputes, last = view.report.tables.get("t3"), view.report.tables.get("t4"), view.last_table("t3")
    if disputes is None or number(table, "new", "total") != 0 or number(table, "carried_in", "total") != 0:
        return
    if last is not None and number(last, "new", "total") != 0:
        return
    for row in ROWS:
        figure = number(disputes, row, "total")
        if figure:
            message = (
                f"表三新收和上年结转都是 0，{disputes.form.where(row, 'total')}却是 {figure}，差 {figure}"
            )
            yield Problem(disputes.path(row, "total"), message, HINT)


HINT = "核对原件的表三、表四，抄错了就改正；原件就是这样印的，不要改数字，在“确认”里写明理由。"

RULE = Rule(
    id="XT-LITIG-NOREQ",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="没有申请，一般就没有复议和诉讼",
    reason="对政府信息公开的复议、诉讼，绝大多数因申请而起；今年和上年都没有申请而有复议、诉讼，多半有一张表填错了。",
    advice="核对原件的表三、表四，抄错了就改正；原件就是这样印的，在“确认”里写明理由。",
    check=check,
)
