"""T3-ROW-TOTAL-BLANK: a row of table 3 with a figure has a total."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import NO_TOTAL, Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Look where T3-ROW-SUM finds parts and no total; a total lost in our copy is another matter."""
    return declared(view, RULE.id, MANNER)


MANNER = Manner(hint=NO_TOTAL, totals="T3-ROW-SUM")

RULE = Rule(
    id="T3-ROW-TOTAL-BLANK",
    severity=WARNING,
    basis=Basis.CUSTOM,
    title="表三：一行里填了数字，总计也要填",
    reason="总计是空白，这一行就无法核对，也无法统计。",
    advice="原件印了总计就补上；原件没有印，不要自己算，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
