"""T2-PENALTY-TOWN: before 2021 townships had, as a rule, no power to punish or to use coercion."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.figures import number, of_township
from build_tools.rules.rule import INFO, Basis, Outcome, Rule

ROWS = ("penalty", "coercion")


def check(subject: Subject) -> Iterator[Outcome]:
    """Look at the decisions on 行政处罚 and 行政强制 of a township."""
    table = subject.report.tables.get("t2")
    for row in ROWS if table and of_township(subject.unit) else ():
        count = number(table, row, "decisions")
        if table and count:
            message = (
                f"{table.form.where(row, 'decisions')}：{count} 件；"
                f"{subject.report.year}年{subject.unit.kind.id}一般还没有这项权力，应是 0，差 {count}"
            )
            yield Problem(table.path(row, "decisions"), message, HINT)


HINT = "看是不是把县级部门在本地的办件算了进来，或抄错了行；当地确已委托或授权的，可以不管这条提示。"

RULE = Rule(
    id="T2-PENALTY-TOWN",
    severity=INFO,
    basis=Basis.LAW,
    title="2020年度及以前，乡镇、街道的行政处罚、行政强制一般为 0",
    reason="行政处罚法第二十四条（2021年7月15日起施行）以后，省级才可以把县级部门的处罚权交给乡镇、街道。",
    advice="核对原件；已委托或授权执法的，可以不管这条提示。",
    check=check,
    until=2020,
)
