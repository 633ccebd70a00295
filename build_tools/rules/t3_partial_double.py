"""T3-PARTIAL-DOUBLE: a request granted in part is counted in that row only, not once more under a refusal."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.figures import Number, number, row_name
from build_tools.rules.aids.trial import Trial
from build_tools.rules.aids.what_if import COLUMN_SUMS, standing
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

ROW = "partial"


def check(view: View) -> Iterator[Outcome]:
    """Speak when every column that has too many results has too many by just its 部分公开."""
    table = view.report.tables.get("t3")
    if table is None or not any(cell.value for cell in table.rows.get(ROW, ())):
        return
    now = standing(view, COLUMN_SUMS)
    broken = now.broken if now else ()
    if broken and all(_excess(trial) == number(table, ROW, trial.key) for trial in broken):
        first = broken[0]
        message = (
            f"{row_name(table, ROW)}：{first.place}处多出 {_excess(first)} 件，正好是这一列部分公开的 "
            f"{number(table, ROW, first.key)} 件，像是在别的情形里又计了一次"
        )
        yield Problem(table.path(ROW), message, HINT)


def _excess(trial: Trial) -> Number:
    """By how much the results are too many: they stand left in one relation and right in the other."""
    return trial.difference if trial.relation.rule == "T3-RESULT-SUM" else -trial.difference


HINT = (
    "区分处理的申请只计“部分公开”，在其他情形里减去；抄录没有错、原件就是这样印的，"
    "不要改数字，在“确认”里写明理由。"
)

RULE = Rule(
    id="T3-PARTIAL-DOUBLE",
    severity=WARNING,
    basis=Basis.FORM,
    title="表三：部分公开的申请不再计入其他情形",
    reason="格式印明“区分处理的，只计这一情形，不计其他情形”。办理结果正好多出部分公开的件数，多半是重复计算。",
    advice="核对原件；原件就是这样印的，保留原数，在“确认”里写明理由。",
    check=check,
)
