"""FORM-SUM: what a form file declares under no rule of its own adds up."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the relations that the form declares."""
    return declared(view, RULE.id, MANNER)


MANNER = Manner()

RULE = Rule(
    id="FORM-SUM",
    severity=ERROR,
    basis=Basis.FORM,
    title="格式印明的其他勾稽关系成立",
    reason="格式里写明相等、相加的各格应当对得上。以后印发的新格式，凡没有专门规则的勾稽关系，都用这条规则核对。",
    advice="逐格对照原件。是抄录错了就改正；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
