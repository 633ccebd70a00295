"""VAL-ALLBLANK: a table holds at least one figure."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.spots import MISSING, TEXT
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Nothing but blanks, dashes and lost cells."""
    for sheet in view.sheets.values():
        table, blanks = sheet.table, sheet.blanks
        if len(blanks) < len(sheet.cells) or any(spot.cell.state is TEXT for spot in blanks):
            continue
        lost = sum(spot.cell.state is MISSING for spot in blanks)
        message = f"{table.form.name}“{table.form.title}”整张没有一个数（空白 {len(blanks) - lost} 格，缺 {lost} 格）"
        hint = "在原件的图片、附件里找这张表；原件就是空的，不要补 0，在“确认”里写明理由。"
        yield Problem((table.form.key,), message, hint)


RULE = Rule(
    id="VAL-ALLBLANK",
    severity=ERROR,
    basis=Basis.FORM,
    title="没有整张空白的表",
    reason="整张表没有一个数，多半是附在图片或附件里没有抄到，或者单位没有填。",
    advice="到原件的图片、附件里找这张表。原件就是整张空白，保持 ~，不要补 0，在“确认”里写明理由。",
    check=check,
)
