"""CO-ORPHAN: a report's unit is on the county's list of that year, where there is one."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Look the unit up in the list of the report's year."""
    roll, report = view.beside.roll, view.report
    if roll is not None and report.unit not in roll:
        message = (
            f"{report.year}年度的应公开名单上有 {len(roll)} 个单位，没有{view.unit.name}（{report.unit}）"
        )
        yield Problem((), message, HINT)


HINT = "对照名单所依据的通知：漏抄的，在 expected.csv 里补一行；报告放错了单位或年度的，移到应在的地方。"

RULE = Rule(
    id="CO-ORPHAN",
    severity=WARNING,
    basis=Basis.ARCHIVE,
    title="那一年有应公开名单的，报告的单位在名单上",
    reason="名单上没有的单位却有报告，多半是名单抄漏了，或者报告放错了单位、年度；单位撤并以后，也可能还用旧的编号。",
    advice="在 expected.csv 里补上漏抄的一行；报告放错了就移走；名单本来没有它的，在“确认”里写明理由。",
    check=check,
)
