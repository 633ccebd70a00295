"""PV-MINOR: no minor, patient or receiver of aid is called by name."""

from collections.abc import Iterator

from build_tools.private import Kind
from build_tools.rules.aids.private import HINT, told
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Point at each one, masked."""
    return told(view, HINT, Kind.MINOR)


RULE = Rule(
    id="PV-MINOR",
    severity=WARNING,
    basis=Basis.LAW,
    title="报告里不写未成年人、病人、低保户的姓名",
    reason="不满十四周岁未成年人的信息、医疗健康信息是敏感个人信息（《个人信息保护法》第二十八条）；受救助的人也不应因此被人认出。",
    advice="在抄录里把姓名换成“某某”，在“转录说明”里写明；不是人名的，在“确认”里写明。",
    check=check,
)
