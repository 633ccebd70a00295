"""T3-SECRET-TOWN: a township refuses hardly any request for the sake of a state secret."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.figures import of_township, row_name
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule

ROW = "denied_state_secret"


def check(subject: Subject) -> Iterator[Outcome]:
    """Look at the row of state secrets of a township."""
    table = subject.report.tables.get("t3")
    if table is None or not of_township(subject.unit):
        return
    count = max((cell.value for cell in table.rows.get(ROW, ()) if cell.value), default=0)
    if count:
        message = f"{row_name(table, ROW)}：{count} 件；{subject.unit.kind.id}很少掌握国家秘密，一般是 0，差 {count}"
        yield Problem(table.path(ROW), message, HINT)


HINT = "看是不是抄错了行，如第 2 项、第 3 项的数字；原件就是这样印的，保留原数，在“确认”里写明理由。"

RULE = Rule(
    id="T3-SECRET-TOWN",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="表三：乡镇、街道一般没有因国家秘密不予公开的申请",
    reason="乡镇、街道很少掌握定密的信息。这一行有数字，多半是串行，或填报单位误会了栏目。",
    advice="核对原件是否串行；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
)
