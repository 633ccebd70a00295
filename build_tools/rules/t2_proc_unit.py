"""T2-PROC-UNIT: an amount in a column without a unit says itself whether it is 元 or 万元."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.figures import money
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Look for bare amounts in columns of money whose heading has no unit."""
    table = subject.report.tables.get("t2")
    for spot in money(table):
        if table and spot.cell.value and not spot.column.unit and not spot.cell.unit:
            message = f"{spot.where(table)}：写着 {spot.cell.raw}，没有单位，不知是元还是万元，两者差一万倍"
            yield Problem(spot.path(table), message, HINT)


HINT = "原件写了单位的，把单位连同数字一起抄来，如 251000元；原件没有单位，不要猜，在“确认”里写明理由。"

RULE = Rule(
    id="T2-PROC-UNIT",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="表二：采购总金额要写明是元还是万元",
    reason="2019年格式的“采购总金额”没有印单位，各单位有的填元，有的填万元，光有数字无法比较。",
    advice="原件写了单位就一起抄来；原件没有单位，在“确认”里写明理由。",
    check=check,
)
