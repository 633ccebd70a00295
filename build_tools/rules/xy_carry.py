"""XY-CARRY: what was carried out of last year's report is carried into this one."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the relation that the form declares."""
    return declared(view, RULE.id, MANNER)


HINT = (
    "核对这一格和上年度报告的“结转下年度”，抄错了就改正；两份原件就是对不上，不要改数字，在“确认”里写明理由。"
)

MANNER = Manner(hint=HINT)

RULE = Rule(
    id="XY-CARRY",
    severity=ERROR,
    basis=Basis.DEFINITION,
    title="表三：本年的上年结转总计，等于上年度报告的结转下年度总计",
    reason="上年结转就是上一年没办完、转到今年的申请，两份报告说的是同一批件。",
    advice="核对两年的原件。是抄录错了就改正；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
