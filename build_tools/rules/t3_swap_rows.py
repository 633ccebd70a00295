"""T3-SWAP-ROWS: where table 3 does not add up, no two adjacent rows would make it so by changing places.

Two rows that count for the same (5 and 6 of 不予公开) can change places unseen: no sum tells.
"""

from collections.abc import Iterator
from itertools import pairwise

from build_tools.finding import Problem
from build_tools.rules.aids.figures import row_name
from build_tools.rules.aids.what_if import CARRIED, ROW_SUM, SUMS, standing
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Exchange adjacent rows, a pair at a time; speak when one single exchange makes every sum hold."""
    now = standing(view, (*SUMS, *CARRIED))
    if now is None or now.breaks(ROW_SUM):
        return
    table, rows = now.table, now.table.rows
    found = [
        (upper, lower)
        for upper, lower in pairwise(table.form.lines)
        if rows[upper] != rows[lower] and now.mended_by({upper: rows[lower], lower: rows[upper]})
    ]
    if len(found) == 1:
        upper, lower = found[0]
        totals = f"总计 {rows[upper][-1].raw} 和 {rows[lower][-1].raw}"
        message = f"{row_name(table, upper)}与下一行{row_name(table, lower)}（{totals}）对调，表三就全部平衡"
        yield Problem(table.path(upper), message, HINT)


HINT = "对照原件看这两行是否抄反，抄反了就对调；原件就是这样印的，可以不管这条提示。"

RULE = Rule(
    id="T3-SWAP-ROWS",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="表三加不起来时，看是不是相邻两行抄反了",
    reason="相邻两行抄反，各行仍加得起来，各列却对不上。对调后全部平衡，就很可能是抄反。",
    advice="对照原件，抄反了就对调两行；其他加不起来的提示会一起消失。",
    check=check,
)
