"""PV-MOBILE: no mobile number stands in a report."""

from collections.abc import Iterator

from build_tools.private import Kind
from build_tools.rules.aids.private import HINT, told
from build_tools.rules.rule import ERROR, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Point at each one, masked."""
    return told(view, HINT, Kind.MOBILE)


RULE = Rule(
    id="PV-MOBILE",
    severity=ERROR,
    weak=WARNING,
    basis=Basis.LAW,
    title="报告里没有手机号",
    reason="手机号能找到具体的人（《个人信息保护法》第四条）。写在联系电话、咨询电话后面的，可能是单位对外公布的号码，列为警告。",
    advice="是申请人或个人的，在抄录里换成“（略）”，在“转录说明”里写明；是单位公布的办公号码，在“确认”里写明，网页上仍不显示。",
    check=check,
)
