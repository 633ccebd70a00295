"""T3-RATIO: of many requests at least one is granted, wholly or in part."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem, Unassessed
from build_tools.rules.aids.figures import read
from build_tools.rules.rule import INFO, Basis, Outcome, Rule

MANY = 20
"""From so many results on it is odd that none is a disclosure; small units often have a few that are all refused."""


def check(subject: Subject) -> Iterator[Outcome]:
    """Compare the totals."""
    table = subject.report.tables.get("t3")
    match read(table, *((row, "total") for row in ("total", "granted", "partial"))):
        case Unassessed() as note:
            yield note
        case (results, 0, 0) if table and results >= MANY:
            message = (
                f"{table.form.where('total', 'total')}：办结 {results} 件，"
                f"予以公开 0 + 部分公开 0 = 0，差 {results}，一件也没有公开"
            )
            yield Problem(table.path("granted", "total"), message, HINT)


HINT = "看（一）（二）两行是不是漏抄或串行；原件就是这样印的，可以不管这条提示。"

RULE = Rule(
    id="T3-RATIO",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="表三：办结二十件以上，不应一件也没有公开",
    reason="办结的申请很多而予以公开、部分公开都是 0，多半是漏填或串行，也值得读者留意。",
    advice="核对（一）（二）两行；确实如此的，可以不管这条提示。",
    check=check,
)
