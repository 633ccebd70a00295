"""T4-DIRECT-2024: since 2024 who is refused information asks for review before going to court."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.figures import number
from build_tools.rules.rule import INFO, Basis, Outcome, Rule

REFUSED = "denied_"
"""How the ids of the rows under 不予公开 begin."""


def check(subject: Subject) -> Iterator[Outcome]:
    """Compare direct suits with refusals."""
    requests, disputes = subject.report.tables.get("t3"), subject.report.tables.get("t4")
    suits = number(disputes, "suit_direct", "total")
    if requests is None or disputes is None or not suits:
        return
    refused = sum(number(requests, row, "total") or 0 for row in requests.rows if row.startswith(REFUSED))
    if refused:
        message = (
            f"{disputes.form.where('suit_direct', 'total')}：{suits} 件；{requests.form.name}不予公开 {refused} 件，"
            "对不予公开不服的应先申请行政复议"
        )
        yield Problem(disputes.path("suit_direct", "total"), message, HINT)


HINT = "看是不是应填在“复议后起诉”；起诉的若是别的事由（如逾期不答复以外的程序问题），可以不管这条提示。"

RULE = Rule(
    id="T4-DIRECT-2024",
    severity=INFO,
    basis=Basis.LAW,
    title="2024年度起，对不予公开不服的应先复议，一般没有直接起诉",
    reason="2024年1月1日起施行的行政复议法第二十三条：申请政府信息公开，行政机关不予公开的，应当先申请行政复议。",
    advice="核对直接起诉与复议后起诉两组；其他事由的起诉不受此限。",
    check=check,
    since=2024,
)
