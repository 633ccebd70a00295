"""NT-NORM: documents in the prose are those of table 2."""

from collections.abc import Iterator, Sequence

from build_tools.model import Table
from build_tools.rules.aids.claim import Claim
from build_tools.rules.aids.counted import documents
from build_tools.rules.aids.figures import number
from build_tools.rules.aids.prose import stated
from build_tools.rules.rule import INFO, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_NAMES = {"made": "制发", "repealed": "废止", "valid": "现行有效"}
_PUBLIC = {"valid", "total_public"}
"""What each form has of the documents that are there for all to read."""


def check(view: View) -> Iterator[Outcome]:
    """Hold the 规范性文件 that were made, repealed, or are in force against table 2."""
    table = view.report.tables.get("t2")
    if table is None or not view.reading.says("规范性文件"):
        return
    claims = tuple(documents(view.reading))
    for claim in stated(view, claims, *_NAMES):
        figure = number(table, "normative", claim.topic)
        if figure is not None and figure != claim.value:
            told = f"{_NAMES[claim.topic]}规范性文件 {claim.value} 件，表二“规范性文件”这一格是 {figure}"
            yield claim.problem(f"{told}，差 {abs(claim.value - figure)}")
    yield from _pages(view, table, claims)


def _pages(view: View, table: Table, claims: Sequence[Claim]) -> Iterator[Outcome]:
    """What is published of documents counts pages, of which there may be more than documents."""
    columns = table.form.lines["normative"].columns if "normative" in table.form.lines else ()
    for column in (c for c in columns if c.id in _PUBLIC):
        figure = number(table, "normative", column.id)
        for claim in stated(view, claims, "pages"):
            if figure is not None and claim.value > figure:
                told = f"规范性文件类信息 {claim.value} 条，表二“{column.label}”是 {figure} 件，多 {claim.value - figure}"
                yield claim.problem(told, PAGES, weak=True)


PAGES = "一件文件可以发几条信息，两个数本来可以不同；看表二有没有漏报的文件，没有漏就不用改。"


RULE = Rule(
    id="NT-NORM",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="正文的规范性文件件数与表二一致",
    reason="正文说制发、废止、现行有效规范性文件多少件，就是表二那一行。“发布规范性文件类信息多少条”说的是网页，只在比现行有效的件数多时提示一声。",
    advice="对照原件改正抄录；原件就是这样写的，不要改，在“确认”里写明规则、位置和理由。",
    check=check,
    weak=INFO,
    prose=True,
)
