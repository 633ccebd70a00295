"""NT-REQ: the number of requests in the prose is that of table 3."""

from collections.abc import Iterator

from build_tools.rules.aids.figures import number
from build_tools.rules.aids.prose import stated
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """A number in the prose is the new requests, these with the carried ones, or all that were settled."""
    table = view.report.tables.get("t3")
    new, carried = (number(table, row, "total") for row in ("new", "carried_in"))
    if new is None or not (new or carried):
        return
    accepted = {new, new + (carried or 0), number(table, "total", "total")}
    for claim in stated(view, view.requests, "received"):
        if claim.value and claim.value not in accepted:
            with_carried = f"（加上年结转是 {new + carried}）" if carried else ""
            told = (
                f"收到申请 {claim.value} 件，表三新收总计是 {new}{with_carried}，差 {abs(claim.value - new)}"
            )
            yield claim.problem(told)


RULE = Rule(
    id="NT-REQ",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="正文的申请件数与表三一致",
    reason="同一份报告里收到申请的件数，正文与表三应当一样；正文写的可以只是新收，也可以含上年结转。",
    advice="对照原件改正抄录；原件就是这样写的，不要改，在“确认”里写明规则、位置和理由。",
    check=check,
    prose=True,
)
