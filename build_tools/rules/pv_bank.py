"""PV-BANK: no number of a bank account stands in a report."""

from collections.abc import Iterator

from build_tools.private import Kind
from build_tools.rules.aids.private import HINT, told
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Point at each one, masked."""
    return told(view, HINT, Kind.BANK)


RULE = Rule(
    id="PV-BANK",
    severity=ERROR,
    basis=Basis.LAW,
    title="报告里没有银行账号",
    reason="金融账户是敏感个人信息（《个人信息保护法》第二十八条）。“账号”“卡号”后面、校验得通的16到19位数，多半就是。",
    advice="在抄录里把账号换成“（略）”，在“转录说明”里写明；是单位公布的收款账户，在“确认”里写明，网页上仍不显示。",
    check=check,
)
