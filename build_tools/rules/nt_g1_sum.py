"""NT-G1-SUM: the figures of the statistics form of 2014 add up as its headings say."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the relations that the form declares."""
    return declared(view, RULE.id, MANNER)


MANNER = Manner()

RULE = Rule(
    id="NT-G1-SUM",
    severity=WARNING,
    basis=Basis.DEFINITION,
    title="2014年统计表各项之和等于总项",
    reason="收到申请数是各渠道之和，办结数是按时与延期之和，答复数、复议数、诉讼数、人员数都由分项相加；通过各渠道公开的数不会少于公开数。",
    advice="逐格对照原件。是抄录错了就改正；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
