"""XY-VALID: the documents valid now are last year's plus those made minus those repealed."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the relation that the form declares."""
    return declared(view, RULE.id, MANNER)


HINT = "核对本年三个数和上年度报告的现行有效件数，抄错了就改正；口径变了或有自动失效的，在“确认”里写明理由。"

MANNER = Manner(hint=HINT)

RULE = Rule(
    id="XY-VALID",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="表二：现行有效件数等于上年度现行有效件数加本年制发减本年废止",
    reason="有效文件的存量这样滚动。对不上，可能是自动失效的没有计入废止，也可能改了统计口径或填错。",
    advice="核对两年的原件；口径变了或有自动失效的，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
