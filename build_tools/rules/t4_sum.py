"""T4-SUM: in each group of table 4 the four outcomes make up the total."""

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
    id="T4-SUM",
    severity=ERROR,
    basis=Basis.DEFINITION,
    title="表四每一组：结果维持、结果纠正、其他结果、尚未审结之和等于总计",
    reason="“总计”就是前四项之和。加不起来，说明至少有一格写错、漏写，或者串了列。",
    advice="逐格对照原件。是抄录错了就改正；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
