"""NT-RESULT: how requests ended is told alike in the prose and in table 3."""

from collections.abc import Iterator

from build_tools.model import Table
from build_tools.reading import Number
from build_tools.rules.aids.claims import RESULTS
from build_tools.rules.aids.figures import number
from build_tools.rules.aids.prose import stated
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_PARTS = dict(zip(RESULTS, ("granted", "partial", "denied_", "unable_", "rejected_", "other_"), strict=True))


def check(view: View) -> Iterator[Outcome]:
    """Hold each kind of result that the prose counts once in a sentence against its rows."""
    table = view.report.tables.get("t3")
    claims = list(stated(view, view.requests, *RESULTS)) if table else []
    for claim in claims:
        twice = sum(c.topic == claim.topic and c.sentence is claim.sentence for c in claims) > 1
        figure = None if twice or table is None else _figure(table, claim.topic)
        if figure is not None and figure != claim.value:
            said = f"{claim.topic} {claim.value} 件，表三“{claim.topic}”各行总计之和是 {figure}"
            yield claim.problem(f"{said}，差 {abs(claim.value - figure)}")


def _figure(table: Table, topic: str) -> Number | None:
    start = _PARTS[topic]
    rows = [
        row
        for row in table.form.lines
        if row in {start, start.rstrip("_")} or (start[-1] == "_" and row.startswith(start))
    ]
    values = [number(table, row, "total") for row in rows]
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None


RULE = Rule(
    id="NT-RESULT",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="正文各类办理结果的件数与表三一致",
    reason="予以公开、部分公开、不予公开、无法提供、不予处理、其他处理各多少件，正文说的就是表三同名各行的总计之和。",
    advice="对照原件改正抄录；原件就是这样写的，不要改，在“确认”里写明规则、位置和理由。",
    check=check,
    prose=True,
)
