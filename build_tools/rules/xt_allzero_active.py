"""XT-ALLZERO-ACTIVE: prose that tells of licences or penalties does not stand over a table 2 without any."""

from collections.abc import Iterator

from build_tools.rules.aids.counted import decisions
from build_tools.rules.aids.figures import number
from build_tools.rules.aids.prose import stated
from build_tools.rules.nt_admin import ROWS
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Hold decisions that the prose counts against noughts in table 2."""
    table = view.report.tables.get("t2")
    for claim in stated(view, decisions(view.reading)) if table and view.reading.says(*ROWS) else ():
        if claim.value and number(table, ROWS[claim.topic], "decisions") == 0:
            yield claim.problem(
                f"{claim.topic} {claim.value} 件，表二处理决定数量却是 0，差 {claim.value}", HINT
            )


HINT = "对照原件，看表二是不是没有抄；原件就是这样印的，可以不管这条提示。"

RULE = Rule(
    id="XT-ALLZERO-ACTIVE",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="正文说办了许可、处罚、强制，表二就不应是 0",
    reason="正文说办了若干件行政许可、处罚、强制，表二却填 0，多半是照搬了空表。",
    advice="对照原件，看表二是不是没有抄；原件就是这样印的，可以不管这条提示。",
    check=check,
    prose=True,
)
