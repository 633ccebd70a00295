"""T2-PUB-TOTAL: the total made public is no less than what was newly made public this year."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the relation that the form declares."""
    return declared(view, RULE.id, MANNER)


HINT = (
    "看“本年新公开数量”和“对外公开总数量”是否抄反或串列，照原件改正；原件就是这样印的，在“确认”里写明理由。"
)

MANNER = Manner(hint=HINT)

RULE = Rule(
    id="T2-PUB-TOTAL",
    severity=WARNING,
    basis=Basis.DEFINITION,
    title="表二：对外公开总数量不少于本年新公开数量",
    reason="本年新公开的文件也在对外公开总数量之内。总数可以是历年累计，也可以只算本年，但不会比本年新公开的少。",
    advice="核对两个数是否抄反、串列。",
    check=check,
    manner=MANNER,
)
