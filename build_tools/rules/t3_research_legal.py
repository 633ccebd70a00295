"""T3-RESEARCH-LEGAL: research institutes and law firms do not ask much where no natural person asks."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.figures import number
from build_tools.rules.rule import INFO, Basis, Outcome, Rule

COLUMNS = ("research", "legal")
LARGE = 5
"""What is large: in the reports we have, none has more than a few without any natural person."""


def check(subject: Subject) -> Iterator[Outcome]:
    """Look at the new requests."""
    table = subject.report.tables.get("t3")
    if table is None or number(table, "new", "natural") != 0:
        return
    for column in COLUMNS:
        count = number(table, "new", column)
        if count and count >= LARGE:
            message = f"{table.form.where('new', column)}：{count} 件，自然人 0 件，差 {count}，像是串了列"
            yield Problem(table.path("new", column), message, HINT)


HINT = "对照原件看数字是不是应在“自然人”一列，串列了就移回去；原件就是这样印的，可以不管这条提示。"

RULE = Rule(
    id="T3-RESEARCH-LEGAL",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="表三：没有自然人申请，而科研机构或法律服务机构申请很多，常是串列",
    reason="申请人绝大多数是自然人。自然人是 0 而科研机构、法律服务机构有不少，多半是整列错了位。",
    advice="核对原件的列；确实如此的，可以不管这条提示。",
    check=check,
)
