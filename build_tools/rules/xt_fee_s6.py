"""XT-FEE-S6: what was charged for requests is part of the fees in table 2."""

from collections.abc import Iterator
from decimal import Decimal

from build_tools.money import in_unit, measured
from build_tools.rules.aids.counted import fees
from build_tools.rules.aids.prose import stated
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_HALF = Decimal("0.5")  # yuan: four places of 万元


def check(view: View) -> Iterator[Outcome]:
    """Hold the fees that the prose tells against the sum in table 2."""
    table = view.report.tables.get("t2")
    cells = table.rows.get("fees", ()) if table else ()
    money = (
        [(c, cell) for c, cell in zip(table.form.lines["fees"].columns, cells, strict=True) if c.money]
        if table and cells
        else []
    )
    for column, cell in money:
        amount = measured(cell, column)
        if amount is None:
            return
        charged = in_unit(amount, column.measure, "元")
        for claim in stated(view, fees(view.reading)) if view.reading.says("信息处理费") else ():
            if claim.value > charged + _HALF:
                yield claim.problem(
                    f"收取信息处理费 {claim.value} 元，表二行政事业性收费是 {charged} 元，少 {claim.value - charged} 元"
                )


RULE = Rule(
    id="XT-FEE-S6",
    severity=WARNING,
    basis=Basis.LAW,
    title="正文所说的信息处理费不多于表二的行政事业性收费",
    reason="信息处理费是行政事业性收费（国办函〔2020〕109号），收了就应计入表二的收费金额。",
    advice="对照原件，注意元和万元；原件就是这样写的，不要改，在“确认”里写明理由。",
    check=check,
    since=2021,
    prose=True,
)
