"""T2-FEE-MAGNITUDE: an amount in 万元 is no larger than a unit of this level can have charged."""

from collections.abc import Iterator
from decimal import Decimal

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.figures import Number, money
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.units import limits


def check(subject: Subject) -> Iterator[Outcome]:
    """Compare with the likely limit for the unit's level, from kinds.yml."""
    table = subject.report.tables.get("t2")
    for spot in money(table):
        value, unit = spot.cell.value, spot.column.unit
        top = limits(subject.unit.kind.level).get(f"t2.{spot.row}.{spot.column.id}")
        if not table or not value or not unit or top is None or spot.cell.unit not in {"", unit}:
            continue
        if value >= top:
            message = (
                f"{spot.where(table)}：{value} {unit}，"
                f"{subject.unit.kind.id}一般不到 {top} {unit}，多 {value - top}；若其实是元，应是 {_as_yuan(value)} {unit}"
            )
            yield Problem(spot.path(table), message, HINT)


def _as_yuan(value: Number) -> str:
    return f"{(Decimal(value) / 10_000).normalize():f}"


HINT = (
    "看原件的单位是元还是万元、小数点有没有漏，抄错了就改；原件就是这样印的，保留原数，在“确认”里写明理由。"
)

RULE = Rule(
    id="T2-FEE-MAGNITUDE",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="表二：收费金额与单位的级别相称",
    reason="栏目以万元为单位。乡镇、街道一年收费很少到 500 万元，县级很少到 10 亿元，超出的多半是按元填的。",
    advice="核对单位和小数点；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
)
