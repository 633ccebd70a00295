"""NT-NONZERO-REQ: prose that counts requests does not stand over a table without any."""

from collections.abc import Iterator

from build_tools.rules.aids.figures import number
from build_tools.rules.aids.prose import stated
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Hold a number of requests against a table 3 whose new and carried ones are 0."""
    table = view.report.tables.get("t3")
    if number(table, "new", "total") != 0 or number(table, "carried_in", "total") != 0:
        return
    for claim in stated(view, view.requests, "received"):
        if claim.value:
            yield claim.problem(
                f"收到申请 {claim.value} 件，表三新收和上年结转的总计却都是 0，差 {claim.value}"
            )


RULE = Rule(
    id="NT-NONZERO-REQ",
    severity=ERROR,
    basis=Basis.PLAUSIBLE,
    title="正文说收到了申请，表三就应有申请",
    reason="正文写收到若干件，表三却全是 0，表三多半是没有填。",
    advice="对照原件改正抄录；原件就是这样写的，不要改，在“确认”里写明规则、位置和理由。",
    check=check,
    prose=True,
)
