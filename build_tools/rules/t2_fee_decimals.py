"""T2-FEE-DECIMALS: amounts keep no more decimals than the form asks for."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.figures import money
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Count the decimals as printed, where the column limits them and the cell has no other unit."""
    table = subject.report.tables.get("t2")
    for spot in money(table):
        column, cell = spot.column, spot.cell
        if table is None or column.decimals is None or cell.unit not in {"", column.unit}:
            continue
        _, _, decimals = cell.raw.removesuffix(column.unit).strip().partition(".")
        if len(decimals) > column.decimals:
            message = (
                f"{spot.where(table)}：“{cell.raw}”有 {len(decimals)} 位小数，"
                f"应保留 {column.decimals} 位，多 {len(decimals) - column.decimals} 位"
            )
            yield Problem(spot.path(table), message, HINT)


HINT = "核对小数点的位置；原件就是这样印的，不要四舍五入，照录，在“确认”里写明理由。"

RULE = Rule(
    id="T2-FEE-DECIMALS",
    severity=WARNING,
    basis=Basis.FORM,
    title="表二：收费金额最多保留四位小数",
    reason="格式写明金额以万元为单位，保留四位小数，也就是精确到元。位数更多，可能点错了小数点，或换算后没有取舍。",
    advice="核对原件；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
)
