"""PV-ID18: nobody's resident number stands in a report."""

from collections.abc import Iterator

from build_tools.private import Kind
from build_tools.rules.aids.private import HINT, told
from build_tools.rules.rule import ERROR, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Point at each one, masked."""
    return told(view, HINT, Kind.ID18, Kind.UNSURE, doubtful=Kind.UNSURE)


RULE = Rule(
    id="PV-ID18",
    severity=ERROR,
    weak=WARNING,
    basis=Basis.LAW,
    title="报告里没有18位身份证号",
    reason="《个人信息保护法》第二十八条：身份证号是敏感个人信息，泄露会使人受害。年报用不着它。校验码对不上的18位数也可能是抄错了一位的身份证号，列为警告。",
    advice="在抄录里把号码换成“（略）”，在“转录说明”里写明；列为警告的，核对后确实不是身份证号，可以不管。",
    check=check,
    waivable=False,
)
