"""T3-FEE-BEFORE: before 2021 no request ended because a fee was not paid, for there was no such fee."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.figures import row_name
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule

ROW = "other_fee_unpaid"


def check(subject: Subject) -> Iterator[Outcome]:
    """Look at the row of unpaid fees, where the report's form has it."""
    table = subject.report.tables.get("t3")
    if table is None or not any(cell.value for cell in table.rows.get(ROW, ())):
        return
    line = table.form.lines[ROW]
    found = [
        f"{c.label} {cell.value}" for c, cell in zip(line.columns, table.rows[ROW], strict=True) if cell.value
    ]
    message = f"{row_name(table, ROW)}：{'，'.join(found)}；{subject.report.year}年度还没有信息处理费，这一行应全是 0"
    yield Problem(table.path(ROW), message, HINT)


HINT = "看是不是抄错了行，或报告年度写错；原件就是这样印的，保留原数，在“确认”里写明理由。"

RULE = Rule(
    id="T3-FEE-BEFORE",
    severity=ERROR,
    basis=Basis.LAW,
    title="2020年度及以前，表三“逾期未缴费”一行应为 0",
    reason="国办函〔2020〕109号《政府信息公开信息处理费管理办法》自2021年1月1日起施行，此前没有这项收费。",
    advice="核对这一行是否串行、报告年度是否写错；原件就是这样印的，在“确认”里写明理由。",
    check=check,
    until=2020,
)
