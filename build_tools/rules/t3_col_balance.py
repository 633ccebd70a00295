"""T3-COL-BALANCE: in every column of table 3, new plus carried in is results plus carried out."""

from collections.abc import Iterator

from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.verdicts import declared
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the declared relation; where the total is no number what can be said is said by T3-OUT-LE."""
    return declared(view, RULE.id, MANNER)


MANNER = Manner(wants="total")

RULE = Rule(
    id="T3-COL-BALANCE",
    severity=ERROR,
    basis=Basis.FORM,
    title="表三每一列：本年新收加上年结转，等于（七）总计加结转下年度",
    reason="官方格式的表头印明：本列数据的勾稽关系为，第一项加第二项之和，等于第三项加第四项之和。",
    advice="逐格对照原件。是抄录错了就改正；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
    manner=MANNER,
)
