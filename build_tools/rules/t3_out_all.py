"""T3-OUT-ALL: not every request of a year is carried over into the next."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem, Unassessed
from build_tools.rules.aids.figures import read
from build_tools.rules.rule import INFO, Basis, Outcome, Rule

MANY = 5
"""From so many new requests on it is odd that none was answered; a few may all have come in December."""


def check(subject: Subject) -> Iterator[Outcome]:
    """Compare the totals."""
    table = subject.report.tables.get("t3")
    match read(table, *((row, "total") for row in ("new", "carried_in", "carried_out"))):
        case Unassessed() as note:
            yield note
        case (new, carried, out) if table and new >= MANY and out == new + carried:
            message = (
                f"{table.form.where('carried_out', 'total')}：新收 {new} + 上年结转 {carried} = {new + carried}，"
                f"结转下年度也是 {out}，一年里一件也没有办结"
            )
            yield Problem(table.path("carried_out", "total"), message, HINT)


HINT = "看结转下年度是不是填了总数，或与（七）总计抄反；原件就是这样印的，可以不管这条提示。"

RULE = Rule(
    id="T3-OUT-ALL",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="表三：收到五件以上申请，不应全部结转下年度",
    reason="条例第三十三条规定一般二十个工作日内答复。一年里一件也没有办结，多半是结转和总计填反了。",
    advice="核对（七）总计与结转下年度两行；确实如此的，可以不管这条提示。",
    check=check,
)
