"""T3-ROW-SUM: in every row of table 3 the six kinds of applicants make up the total."""

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
    id="T3-ROW-SUM",
    severity=ERROR,
    basis=Basis.DEFINITION,
    title="表三每一行：自然人与五类法人、其他组织之和等于总计",
    reason="“总计”一栏的意思就是前六栏之和。加不起来，说明至少有一格写错、漏写，或者串了列。",
    advice="逐格对照原件。是抄录错了就改正；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
