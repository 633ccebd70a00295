"""T2-COERCION: coercive measures are not many times as many as penalties."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem, Unassessed
from build_tools.rules.aids.figures import read
from build_tools.rules.rule import INFO, Basis, Outcome, Rule

TIMES = 10
"""How many measures per penalty are still likely; up to as many without any penalty."""


def check(subject: Subject) -> Iterator[Outcome]:
    """Compare the two numbers of decisions."""
    table = subject.report.tables.get("t2")
    match read(table, ("coercion", "decisions"), ("penalty", "decisions")):
        case Unassessed() as note:
            yield note
        case (measures, penalties) if table and measures > TIMES * max(penalties, 1):
            message = (
                f"{table.form.where('coercion', 'decisions')}：{measures} 件，行政处罚 {penalties} 件，"
                f"比处罚的 {TIMES} 倍还多 {measures - TIMES * penalties}"
            )
            yield Problem(table.path("coercion", "decisions"), message, HINT)


HINT = "看行政处罚和行政强制两行是不是抄反了；原件就是这样印的，可以不管这条提示。"

RULE = Rule(
    id="T2-COERCION",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="表二：行政强制一般不超过行政处罚的十倍",
    reason="行政强制大多跟着行政处罚案件发生。强制很多而处罚很少，常是两行抄反或串行。",
    advice="核对两行的数字；确实如此的，可以不管这条提示。",
    check=check,
)
