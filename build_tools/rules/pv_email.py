"""PV-EMAIL: mailboxes in a report are those of the unit, not of a person."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.folded import fold
from build_tools.private import Kind
from build_tools.private_words import mailboxes
from build_tools.rules.aids.private import HINT, told
from build_tools.rules.rule import INFO, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """With a person's name beside it, a warning; any other with a public provider is only pointed at."""
    yield from told(view, HINT, Kind.EMAIL)
    known = {(found.path, found.secret.start) for found in view.private if found.secret.kind is Kind.EMAIL}
    for section in view.report.sections:
        if "@" not in section.text and "＠" not in section.text:
            continue
        folded = fold(section.text)
        places = ((match[0], folded.span(*match.span())) for match in mailboxes(folded.text))
        found = [(name, words) for name, words in places if (section.path, words[0]) not in known]
        if found:
            name, _, provider = found[0][0].partition("@")
            many = f"，共 {len(found)} 处" if len(found) > 1 else ""
            message = f"邮箱“{name[:3]}…@{provider}”是公共邮箱{many}"
            yield Problem(section.path, message, OFFICE, weak=True, words=found[0][1])


OFFICE = "是单位公布的办公邮箱，可以不管这条提示；是个人的，换成“（略）”。"

RULE = Rule(
    id="PV-EMAIL",
    severity=WARNING,
    weak=INFO,
    basis=Basis.CUSTOM,
    title="报告里没有个人邮箱",
    reason="单位公布的办公邮箱可以公开；写在申请人、联系人姓名后面的公共邮箱，多半是个人的，能找到具体的人。",
    advice="是个人的，在抄录里换成“（略）”，在“转录说明”里写明；是办公邮箱，在“确认”里写明。",
    check=check,
)
