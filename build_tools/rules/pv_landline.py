"""PV-LANDLINE: no telephone of somebody's home stands in a report."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

_HOME = re.compile(
    "(?:申请人|当事人|举报人|信访人|村民|住宅|家庭|家中)[^。；;\n0-9]{0,20}电话[^。；;\n0-9]{0,6}"
    "(0[0-9]{2,3}[ -]?[0-9]{7,8}|[2-8][0-9]{6,7})(?![0-9])"
)


def check(view: View) -> Iterator[Outcome]:
    """Only one that is said to be a person's; telephones of offices are for everybody."""
    for text in view.prose:
        found = list(_HOME.finditer(text.plain)) if "电话" in text.plain else []
        if found:
            number = found[0][1]
            many = f"，共 {len(found)} 处" if len(found) > 1 else ""
            message = f"“{number[:3]}{'＊' * (len(number) - 5)}{number[-2:]}”看来是个人的电话{many}"
            yield Problem(text.path, message, HINT, words=text.span(*found[0].span(1)))


HINT = "是个人的电话，抄录时换成“（略）”；是单位的办公电话，可以不管这条提示。"

RULE = Rule(
    id="PV-LANDLINE",
    severity=INFO,
    basis=Basis.LAW,
    title="报告里没有个人的固定电话",
    reason="办公电话可以公开；写明是申请人、村民或住宅的电话，能找到具体的人（《个人信息保护法》第四条）。",
    advice="是个人的，在抄录里换成“（略）”，在“转录说明”里写明；是办公电话，可以不管这条提示。",
    check=check,
)
