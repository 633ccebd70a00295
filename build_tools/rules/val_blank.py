"""VAL-BLANK: no cell is blank in a table that has figures."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.spots import named
from build_tools.rules.aids.wording import say
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """One problem for a table, with the number of such cells and the first five."""
    for sheet in view.sheets.values():
        table, empty = sheet.table, sheet.empty
        if empty and len(sheet.blanks) < len(sheet.cells):
            count, cells = len(empty), named(table, empty)
            message = say("blank", table=table.form.name, count=count, all=len(sheet.cells), cells=cells)
            yield Problem((table.form.key,), message, HINT)


HINT = "对照原件，漏抄的补上；原件就是空白，不要补 0，在“确认”里写明理由。"

RULE = Rule(
    id="VAL-BLANK",
    severity=WARNING,
    basis=Basis.CUSTOM,
    title="有数的表里没有空白、横线和“无”",
    reason="格式要求没有的填0。留下空白，分不清是没有还是漏填。档案不把空白当作0，含空白的行列也就不能完全核对。",
    advice="原件印了数就补上；原件就是空白，保持 ~（或照录“-”“/”“无”），不要补 0，在“确认”里写明。",
    check=check,
)
