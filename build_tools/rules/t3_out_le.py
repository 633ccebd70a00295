"""T3-OUT-LE: no more requests are carried out of the year than there were."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the declared relation where the total is no number; elsewhere T3-COL-BALANCE speaks."""
    return declared(view, RULE.id, MANNER)


MANNER = Manner(without="total")

RULE = Rule(
    id="T3-OUT-LE",
    severity=ERROR,
    basis=Basis.DEFINITION,
    title="表三每一列：结转下年度不多于本年新收加上年结转",
    reason="没办完的申请都在本年新收和上年结转之内，不会更多。（七）总计没有填时，单独核对这一条。",
    advice="逐格对照原件。是抄录错了就改正；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
