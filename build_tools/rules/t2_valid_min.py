"""T2-VALID-MIN: documents made this year and not repealed are still valid, so valid >= made - repealed."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.aids.wording import FAILS
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the declared relation; where nothing is valid T2-VALID-ZERO says it more plainly."""
    return declared(view, RULE.id, MANNER)


MANNER = Manner(fails=f"{FAILS}；照此推算，上年末现行有效的是 -{{difference}} 件", counts="valid")

RULE = Rule(
    id="T2-VALID-MIN",
    severity=WARNING,
    basis=Basis.DEFINITION,
    title="表二：现行有效件数不少于本年制发件数减本年废止件数",
    reason="上年末现行有效的件数不会是负数，所以本年制发而没有废止的，年末都应还在现行有效之内。",
    advice="核对三个数是否抄错、串列；“现行有效件数”应填年末全部有效文件，不是只填本年的。",
    check=check,
    manner=MANNER,
)
