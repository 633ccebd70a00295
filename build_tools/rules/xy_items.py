"""XY-ITEMS: last year's items are the items before plus last year's change."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the relation that the form declares."""
    return declared(view, RULE.id, MANNER)


HINT = "核对这一格和上年度报告这一行的前两个数，抄错了就改正；两份原件就是对不上，在“确认”里写明理由。"

MANNER = Manner(hint=HINT)

RULE = Rule(
    id="XY-ITEMS",
    severity=WARNING,
    basis=Basis.DEFINITION,
    title="表二：上一年项目数量，等于上年度报告的上一年项目数量加本年增/减",
    reason="上年度报告的项目数量加上那一年的增减，就是上一年末的项目数量，也就是本年报告的“上一年项目数量”。",
    advice="核对两年的原件。是抄录错了就改正；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
