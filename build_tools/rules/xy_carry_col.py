"""XY-CARRY-COL: what was carried out of last year's report is carried into this one, for each kind of applicant."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the relation that the form declares."""
    return declared(view, RULE.id, MANNER)


HINT = (
    "核对这一格和上年度报告的“结转下年度”，看有没有串列，抄错了就改正；申请人重新归类的，在“确认”里写明理由。"
)

MANNER = Manner(hint=HINT)

RULE = Rule(
    id="XY-CARRY-COL",
    severity=WARNING,
    basis=Basis.DEFINITION,
    title="表三：各类申请人的上年结转，等于上年度报告各类申请人的结转下年度",
    reason="同一批申请转到今年，申请人还是那些人。个别件重新归类时各栏会有出入，总计不应有。",
    advice="核对两年的原件；重新归类的，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
