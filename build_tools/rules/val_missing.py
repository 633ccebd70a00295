"""VAL-MISSING: no cell is lost in our copy."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.spots import MISSING, named
from build_tools.rules.aids.wording import say
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

SHOWN = 12


def check(view: View) -> Iterator[Outcome]:
    """One problem for a table, naming the cells to look up."""
    for sheet in view.sheets.values():
        table, lost = sheet.table, [spot for spot in sheet.blanks if spot.cell.state is MISSING]
        if lost:
            cells = named(table, lost, SHOWN)
            message = say("missing", table=table.form.name, count=len(lost), cells=cells)
            yield Problem((table.form.key,), message, HINT)


HINT = "找到原件重读这几格，补上数字；原件印的是空白就写 ~，不要补 0。"

RULE = Rule(
    id="VAL-MISSING",
    severity=WARNING,
    basis=Basis.ARCHIVE,
    title="没有在副本里丢失的格",
    reason="“缺”说的是我们的副本丢了这一格，不是原件没有印。丢了的格可以从原件补回来。",
    advice="照列出的格子重看原件（原网页、附件），补上数字；原件印的是空白，改成 ~。",
    check=check,
    waivable=False,
)
