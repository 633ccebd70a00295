"""T2-RULES-POWER: who may not make 规章 reports none of them."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.figures import row_name
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule

ROW = "regulations"


def check(subject: Subject) -> Iterator[Outcome]:
    """Look at the row of 规章 of a unit whose kind has no power to make any."""
    table = subject.report.tables.get("t2")
    if table is None or ROW not in table.rows or subject.unit.kind.rules:
        return
    line = table.form.lines[ROW]
    found = [
        f"{column.label} {cell.value}"
        for column, cell in zip(line.columns, table.rows[ROW], strict=True)
        if cell.value
    ]
    if found:
        who = f"{subject.unit.name}（{subject.unit.kind.id}）"
        message = f"{row_name(table, ROW)}：{'，'.join(found)}；{who}无权制定规章，这一行应全是 0"
        yield Problem(table.path(ROW), message, HINT)


HINT = "看数字是不是属于下一行规范性文件，串了行就移过去；原件就是这样印的，保留原数，在“确认”里写明理由。"

RULE = Rule(
    id="T2-RULES-POWER",
    severity=ERROR,
    basis=Basis.LAW,
    title="无权制定规章的单位，表二“规章”一行应全是 0",
    reason=(
        "立法法第九十一条、第九十三条：只有国务院部门和省级、设区的市、自治州人民政府可以制定规章，"
        "乡镇、街道、县级政府和一般部门都不可以。"
    ),
    advice="对照原件看是否与下一行“规范性文件”串行；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
)
