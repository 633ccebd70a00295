"""NT-ADMIN: licences, penalties and coercive measures in the prose are those of table 2."""

from collections.abc import Iterator

from build_tools.rules.aids.counted import decisions
from build_tools.rules.aids.figures import number
from build_tools.rules.aids.prose import stated
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

ROWS = {"行政许可": "licensing", "行政处罚": "penalty", "行政强制": "coercion"}
"""The rows of table 2 by what the prose calls them."""


def check(view: View) -> Iterator[Outcome]:
    """Hold decisions that the prose counts against a table that has some too."""
    table = view.report.tables.get("t2")
    for claim in stated(view, decisions(view.reading)) if table and view.reading.says(*ROWS) else ():
        figure = number(table, ROWS[claim.topic], "decisions")
        if figure and claim.value != figure:
            yield claim.problem(
                f"{claim.topic} {claim.value} 件，表二处理决定数量是 {figure}，差 {abs(claim.value - figure)}",
                HINT,
            )


HINT = "对照原件，抄错了就改正；原件就是这样写的，或两处说的不是一回事，可以不管这条提示。"


RULE = Rule(
    id="NT-ADMIN",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="正文的许可、处罚、强制件数与表二一致",
    reason="正文说办了多少件许可、处罚、强制，一般就是表二的处理决定数量；有时只说其中一部分，所以只作提示。",
    advice="对照原件，抄错了就改正；原件就是这样写的，可以不管这条提示。",
    check=check,
    prose=True,
)
