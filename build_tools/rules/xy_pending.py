"""XY-PENDING: the cases pending last year are among the cases of this year."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the relation that the form declares."""
    return declared(view, RULE.id, MANNER)


HINT = "看本年的总计是不是漏了上年没审结的案件，抄错了就改正；原件就是这样印的，可以不管这条提示。"

MANNER = Manner(hint=HINT)

RULE = Rule(
    id="XY-PENDING",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="表四：本年总计一般不少于上年度报告的尚未审结",
    reason="上年没审结的案件，今年要么审结，要么还没审结，都应在今年的总计里。有的单位只数当年新收的案件，所以只作提示。",
    advice="核对两年的原件；统计口径只算新案的，可以不管这条提示。",
    check=check,
    manner=MANNER,
)
