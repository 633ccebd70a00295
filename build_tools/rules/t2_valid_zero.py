"""T2-VALID-ZERO: where more documents were made than repealed, some are valid."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem, Unassessed
from build_tools.rules.aids.figures import read, row_name, rows_with
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule

COLUMNS = ("made", "repealed", "valid")


def check(subject: Subject) -> Iterator[Outcome]:
    """Look at the rows that tell made, repealed and valid documents."""
    table = subject.report.tables.get("t2")
    for row in rows_with(table, *COLUMNS):
        match read(table, *((row, column) for column in COLUMNS)):
            case Unassessed() as note:
                yield note
            case (made, repealed, 0) if table and made > repealed:
                message = (
                    f"{row_name(table, row)}：本年制发 {made} 件，废止 {repealed} 件，"
                    f"现行有效却是 0 件，至少应有 {made - repealed} 件"
                )
                yield Problem(table.path(row, "valid"), message, HINT)


HINT = "对照原件看是否漏填、串列；原件就是这样印的，保留原数，在“确认”里写明理由。"

RULE = Rule(
    id="T2-VALID-ZERO",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="表二：本年制发多于废止的，现行有效件数不应是 0",
    reason="本年新制发的文件没有全部废止，年末就至少有这几件现行有效。填 0 多半是漏填。",
    advice="对照原件核对三个数；“现行有效件数”应填年末全部有效的文件。",
    check=check,
)
