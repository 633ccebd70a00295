"""T3-RESULT-SUM: in every column of table 3 the kinds of results make up the total of results."""

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
    id="T3-RESULT-SUM",
    severity=ERROR,
    basis=Basis.DEFINITION,
    title="表三每一列：各种办理结果之和等于（七）总计",
    reason="（七）总计就是（一）至（六）各种办理结果之和。加不起来，说明至少有一格写错、漏写、重复计算，或者串了行。",
    advice="逐格对照原件。是抄录错了就改正；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
