"""PV-APPLICANT: no applicant is called by name."""

from collections.abc import Iterator

from build_tools.private import Kind
from build_tools.rules.aids.private import HINT, told
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Point at each one, masked."""
    return told(view, HINT, Kind.APPLICANT)


RULE = Rule(
    id="PV-APPLICANT",
    severity=WARNING,
    basis=Basis.LAW,
    title="报告里不写申请人的姓名",
    reason="申请公开的人受法律保护，《政府信息公开条例》第十五条：涉及个人隐私的信息，公开会损害其合法权益的，不得公开。",
    advice="在抄录里把姓名换成“某某”，在“转录说明”里写明；不是人名的，在“确认”里写明。",
    check=check,
)
