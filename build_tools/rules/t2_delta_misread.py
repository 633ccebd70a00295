"""T2-DELTA-MISREAD: the number of decisions is not last year's items plus this year's change."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem, Unassessed
from build_tools.rules.aids.figures import read, row_name, rows_with
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule

COLUMNS = ("items_prev", "items_delta", "decisions")


def check(subject: Subject) -> Iterator[Outcome]:
    """Look for rows filled as if the third number were the sum of the first two.

    No decisions at all prove nothing: 2 - 2 = 0 also says that both items went and nothing was decided.
    """
    table = subject.report.tables.get("t2")
    for row in rows_with(table, *COLUMNS):
        match read(table, *((row, column) for column in COLUMNS)):
            case Unassessed() as note:
                yield note
            case (items, delta, made) if table and items and delta and made and items + delta == made:
                message = (
                    f"{row_name(table, row)}：处理决定数量 {made} 正好是上一年项目数量 {items} "
                    f"加本年增/减 {delta}，像是把它当成了项目总数来填"
                )
                yield Problem(table.path(row, "decisions"), message, HINT)


HINT = (
    "“处理决定数量”应填本年作出的决定件数，与项目数量无关。抄错了就照原件改；"
    "原件就是这样印的，不要改数字，在“确认”里写明理由。"
)

RULE = Rule(
    id="T2-DELTA-MISREAD",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="表二：处理决定数量不应正好等于上一年项目数量加本年增/减",
    reason=(
        "前两栏数的是事项（有几项许可、几项处罚），第三栏数的是决定（办了几件），没有相加的关系。"
        "三个数正好相加，多半是填表单位误会了栏目。"
    ),
    advice="向填报单位核实；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
)
