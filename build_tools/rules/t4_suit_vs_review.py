"""T4-SUIT-VS-REVIEW: there are no more suits after review than reviews decided this year and last."""

from collections.abc import Iterator

from build_tools.finding import Problem, Unassessed
from build_tools.rules.aids.figures import number, read
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

DECIDED = tuple(("review", column) for column in ("upheld", "corrected", "other"))


def check(view: View) -> Iterator[Outcome]:
    """Compare where last year's reviews are known too."""
    table, last = view.report.tables.get("t4"), view.last_table("t4")
    suits = number(table, "suit_after_review", "total")
    if table is None or not suits:
        return
    match read(table, *DECIDED), read(last, *DECIDED):
        case tuple() as now, tuple() as then if suits > sum(now) + sum(then):
            message = (
                f"{table.form.where('suit_after_review', 'total')}：{suits} 件，应不大于两年审结的行政复议 "
                f"本年 {sum(now)} + 上年 {sum(then)} = {sum(now) + sum(then)}，差 {suits - sum(now) - sum(then)}"
            )
            yield Problem(table.path("suit_after_review", "total"), message, HINT)
        case tuple(), tuple():
            pass
        case _:
            where = table.form.where("suit_after_review", "total")
            yield Unassessed(
                table.path("suit_after_review", "total"), f"{where}：两年的行政复议不全，无法核对"
            )


HINT = "看三组数字是否串组；更早年度复议、今年才起诉的，可以不管这条提示。"

RULE = Rule(
    id="T4-SUIT-VS-REVIEW",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="表四：复议后起诉一般不多于本年和上年审结的行政复议",
    reason="复议后起诉先要有复议决定，起诉期限只有十五天，所以大多对应这两年审结的复议。",
    advice="核对三组数字是否串组；确实如此的，可以不管这条提示。",
    check=check,
)
