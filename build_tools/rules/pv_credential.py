"""PV-CREDENTIAL: no password and no address of an internal network stands in a report."""

from collections.abc import Iterator

from build_tools.private import Kind
from build_tools.rules.aids.private import HINT, told
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Point at each one, masked."""
    return told(view, HINT, Kind.PASSWORD, Kind.INTRANET)


RULE = Rule(
    id="PV-CREDENTIAL",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="报告里没有密码和内网地址",
    reason="公开的密码、内网地址会被人用来攻击单位的系统，没有公开的必要。",
    advice="在抄录里换成“（略）”，并请单位更换密码；不是密码、不是内网地址的，在“确认”里写明，网页上仍不显示。",
    check=check,
)
