"""T2-NEW-PUB: documents newly made public this year are mostly documents made this year."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the relation that the form declares."""
    return declared(view, RULE.id, MANNER)


HINT = "看两个数是否抄反或串列，照原件改正；确实公开了往年制作的文件，可以不管这条提示。"

MANNER = Manner(hint=HINT)

RULE = Rule(
    id="T2-NEW-PUB",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="表二：本年新公开数量一般不多于本年新制作数量",
    reason="新公开的通常就是新制作的。多出来的可能是公开了往年的文件，也可能两个数抄反了。",
    advice="核对两个数是否抄反；确实补公开了往年的文件，不必改。",
    check=check,
    manner=MANNER,
)
