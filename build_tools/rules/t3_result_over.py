"""T3-RESULT-OVER: there are no more results than requests."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the relation that the form declares."""
    return declared(view, RULE.id, MANNER)


MANNER = Manner()

RULE = Rule(
    id="T3-RESULT-OVER",
    severity=ERROR,
    basis=Basis.DEFINITION,
    title="表三：办理结果总计不多于本年新收加上年结转",
    reason="每件申请只计一种办理结果（区分处理的只计部分公开），结果不会比申请多。",
    advice="看有没有一件申请计了几种结果；抄录错了就改正，原件就是这样印的，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
