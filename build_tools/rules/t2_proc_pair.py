"""T2-PROC-PAIR: there is an amount of procurement where, and only where, there are projects."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem, Unassessed
from build_tools.rules.aids.figures import read, row_name, rows_with
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Compare the number of projects with the amount."""
    table = subject.report.tables.get("t2")
    for row in rows_with(table, "projects", "amount"):
        match read(table, (row, "projects"), (row, "amount")):
            case Unassessed() as note:
                yield note
            case (projects, amount) if table and bool(projects) != bool(amount):
                raw = table.rows[row][-1].raw
                message = (
                    f"{row_name(table, row)}：采购项目数量 {projects}，采购总金额 {raw}，一个是 0，另一个不是"
                )
                yield Problem(table.path(row, "amount" if projects else "projects"), message, HINT)


HINT = "对照原件看 0 是不是漏填；原件就是这样印的，保留原数，在“确认”里写明理由。"

RULE = Rule(
    id="T2-PROC-PAIR",
    severity=WARNING,
    basis=Basis.DEFINITION,
    title="表二：采购项目数量和采购总金额同为 0 或同不为 0",
    reason="没有采购项目就没有采购金额，有项目就有金额。",
    advice="对照原件补上漏的一个；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
)
