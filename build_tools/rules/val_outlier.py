"""VAL-OUTLIER: no count is far beyond what a unit of this level can have."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from build_tools.finding import Problem
from build_tools.form import TableForm
from build_tools.rules.aids.figures import Place
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View
from build_tools.units import limits


def check(view: View) -> Iterator[Outcome]:
    """Limits by level of unit; amounts have rules of their own."""
    level = view.unit.kind.level
    for sheet in view.sheets.values():
        table, tops = sheet.table, _tops(sheet.table.form, level)
        for spot in sheet.figures if tops else ():
            top, value = tops.get((spot.row, spot.column.id)), spot.cell.value
            if top is not None and value is not None and value > top:
                message = f"{spot.where(table)}是 {value}，{level}单位很少超过 {top}，多 {value - top}"
                hint = "对照原件核对位数和栏目；原件就是这个数，在“确认”里写明理由。"
                yield Problem(spot.path(table), message, hint)


@lru_cache(maxsize=64)
def _tops(form: TableForm, level: str) -> Mapping[Place, int]:
    """The limits of a table's cells; one for a row itself goes before one for its column in every row."""
    tops = limits(level)
    return {
        (row, column.id): tops[name]
        for row, line in form.lines.items()
        for column in line.columns
        for name in (f"{form.id}.*.{column.id}", f"{form.id}.{row}.{column.id}")
        if name in tops and not column.money
    }


RULE = Rule(
    id="VAL-OUTLIER",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="数目没有大得出奇",
    reason="乡镇一年收到几百件申请、作出十几万件行政决定，都很少见；大得出奇的数多半串了列、多打了位，或者把几个数连在了一起。",
    advice="对照原件核对位数和栏目，提示里写明了这一级单位常见的上限。原件就是这个数，照录，在“确认”里写明理由。",
    check=check,
)
