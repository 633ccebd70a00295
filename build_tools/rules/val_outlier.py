"""VAL-OUTLIER: no count is far beyond what a unit of this level can have."""

from collections.abc import Iterator, Mapping

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.model import Table
from build_tools.rules.aids.spots import Found, with_figure
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.units import limits


def check(subject: Subject) -> Iterator[Outcome]:
    """Limits by level of unit; amounts have rules of their own."""
    tops = limits(subject.unit.kind.level)
    for table in subject.report.tables.values() if tops else ():
        for spot in with_figure(table):
            top = None if spot.column(table).money else _top(tops, table, spot)
            value = spot.cell.value
            if top is not None and value is not None and value > top:
                message = f"{spot.where(table)}是 {value}，{subject.unit.kind.level}单位很少超过 {top}，多 {value - top}"
                hint = "对照原件核对位数和栏目；原件就是这个数，在“确认”里写明理由。"
                yield Problem(spot.path(table), message, hint)


def _top(tops: Mapping[str, int], table: Table, spot: Found) -> int | None:
    column = spot.column(table).id
    return tops.get(f"{table.form.id}.{spot.row}.{column}", tops.get(f"{table.form.id}.*.{column}"))


RULE = Rule(
    id="VAL-OUTLIER",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="数目没有大得出奇",
    reason="乡镇一年收到几百件申请、作出十几万件行政决定，都很少见；大得出奇的数多半串了列、多打了位，或者把几个数连在了一起。",
    advice="对照原件核对位数和栏目，提示里写明了这一级单位常见的上限。原件就是这个数，照录，在“确认”里写明理由。",
    check=check,
)
