"""NT-NORM: documents in the prose are those of table 2."""

from collections.abc import Iterator

from build_tools.rules.aids.counted import documents
from build_tools.rules.aids.figures import number
from build_tools.rules.aids.prose import stated
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_NAMES = {"made": "制发", "repealed": "废止", "valid": "现行有效"}


def check(view: View) -> Iterator[Outcome]:
    """Hold the 规范性文件 that were made, repealed, or are in force against table 2. Pages about them are not counted."""
    table = view.report.tables.get("t2")
    for claim in stated(view, documents(view.reading)) if table and view.reading.says("规范性文件") else ():
        figure = number(table, "normative", claim.topic)
        if figure is not None and figure != claim.value:
            told = f"{_NAMES[claim.topic]}规范性文件 {claim.value} 件，表二“规范性文件”这一格是 {figure}"
            yield claim.problem(f"{told}，差 {abs(claim.value - figure)}")


RULE = Rule(
    id="NT-NORM",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="正文的规范性文件件数与表二一致",
    reason="正文说制发、废止、现行有效规范性文件多少件，就是表二那一行。“发布规范性文件类信息多少条”说的是网页，不比。",
    advice="对照原件改正抄录；原件就是这样写的，不要改，在“确认”里写明规则、位置和理由。",
    check=check,
    prose=True,
)
