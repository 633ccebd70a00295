"""PV-ID15: nobody's old resident number stands in a report."""

from collections.abc import Iterator

from build_tools.private import Kind
from build_tools.rules.aids.private import HINT, told
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Point at each one, masked."""
    return told(view, HINT, Kind.ID15)


RULE = Rule(
    id="PV-ID15",
    severity=WARNING,
    basis=Basis.LAW,
    title="报告里没有15位身份证号",
    reason="1999年以前发的身份证号是15位，也是敏感个人信息（《个人信息保护法》第二十八条）。省份代码和出生日期都说得通的15位数，多半就是。",
    advice="在抄录里把号码换成“（略）”，在“转录说明”里写明；是别的编号，在“确认”里写明是什么。",
    check=check,
)
