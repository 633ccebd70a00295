"""NT-LITIG: reviews and suits in the prose are those of table 4."""

from collections.abc import Iterator

from build_tools.rules.aids.figures import number
from build_tools.rules.aids.prose import stated, suits
from build_tools.rules.rule import ERROR, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Hold what the prose counts or denies against the totals of table 4."""
    table = view.report.tables.get("t4")
    known = {"复议": number(table, "review", "total"), "诉讼": suits(view)} if table else {}
    said: set[str] = set()
    for claim in stated(view, view.disputes) if any(v is not None for v in known.values()) else ():
        figure = known[claim.topic]
        if figure is None or figure == claim.value or claim.topic in said:
            continue
        said.add(claim.topic)
        told = "没有" if claim.value == 0 else f"是 {claim.value} 件"
        yield claim.problem(
            f"行政{claim.topic}{told}，表四“{claim.topic}”总计是 {figure}，差 {abs(claim.value - figure)}",
            weak=bool(claim.value and figure),
        )


RULE = Rule(
    id="NT-LITIG",
    severity=ERROR,
    basis=Basis.PLAUSIBLE,
    title="正文的复议、诉讼件数与表四一致",
    reason="正文说没有复议、诉讼而表四有，或件数不同，两处必有一处错。诉讼是直接起诉与复议后起诉之和。",
    advice="对照原件改正抄录；原件就是这样写的，不要改，在“确认”里写明规则、位置和理由。",
    check=check,
    weak=WARNING,
    prose=True,
)
