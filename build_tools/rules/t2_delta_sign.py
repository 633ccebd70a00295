"""T2-DELTA-SIGN: the number of items seldom trebles in a year; a rise like that may count decisions."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem, Unassessed
from build_tools.rules.aids.figures import read, row_name, rows_with
from build_tools.rules.rule import INFO, Basis, Outcome, Rule

TIMES = 2
"""A rise of more than this many times the items there were is odd: lists of powers hardly double in a year."""
FEW = 10
"""A rise by no more than this many items is everyday, whatever there was before: 1 -> +5 is really reported."""


def check(subject: Subject) -> Iterator[Outcome]:
    """Look at the rows that tell last year's items and this year's change."""
    table = subject.report.tables.get("t2")
    for row in rows_with(table, "items_prev", "items_delta"):
        match read(table, (row, "items_prev"), (row, "items_delta")):
            case Unassessed() as note:
                yield note
            case (items, delta) if table and delta > max(TIMES * items, FEW):
                message = (
                    f"{row_name(table, row)}：上一年项目数量 {items}，本年增加 {delta}，"
                    f"比上一年的 {TIMES} 倍还多 {delta - TIMES * items}，像是填了办件数量"
                )
                yield Problem(table.path(row, "items_delta"), message, HINT)


HINT = "“本年增/减”填事项增减几项，不是办件增减几件。抄错了就照原件改；原件就是这样印的，不必改。"

RULE = Rule(
    id="T2-DELTA-SIGN",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="表二：本年增加的项目数量一般不超过上一年的两倍",
    reason="许可、处罚等事项依法设定，一年里很少翻几番。增加得特别多，多半是把办件数量填了进来。",
    advice="核对原件；原件就是这样印的，可以不管这条提示。",
    check=check,
)
