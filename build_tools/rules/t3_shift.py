"""T3-SHIFT: where table 3 does not add up, no row would make it so by moving one column."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.model import Cell
from build_tools.rules.aids.figures import row_name
from build_tools.rules.aids.what_if import ROW_SUM, SUMS, Standing, standing
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

Cells = tuple[Cell, ...]


def check(view: View) -> Iterator[Outcome]:
    """Move the suspected rows, one at a time; speak when one single move makes every sum hold."""
    now = standing(view, SUMS)
    if now is None:
        return
    table = now.table
    found = [
        (row, how, cells)
        for row in _suspects(now)
        for how, cells in _moved(table.rows[row]).items()
        if cells != table.rows[row] and now.mended_by({row: cells})
    ]
    if len(found) == 1:
        row, how, cells = found[0]
        message = f"{row_name(table, row)}：现在是 {_spell(table.rows[row])}，{how}成为 {_spell(cells)}，表三就全部平衡"
        yield Problem(table.path(row), message, HINT)


def _suspects(now: Standing) -> list[str]:
    """The rows that a single move could mend: the one that does not add up, or those of a broken column."""
    rows = {trial.key for trial in now.breaks(ROW_SUM)}
    if not rows:
        terms = (term for trial in now.broken for term in (*trial.relation.left, *trial.relation.right))
        rows = {term.id for term in terms}
    suspects = [row for row, cells in now.table.rows.items() if row in rows and any(c.value for c in cells)]
    return suspects if len(now.breaks(ROW_SUM)) <= 1 else []


def _moved(cells: Cells) -> dict[str, Cells]:
    *parts, last, total = cells
    six = (*parts, last)
    return {
        "“其他”和“总计”对调": (*parts, total, last),
        "整行左移一格": (*cells[1:], cells[0]),
        "整行右移一格": (cells[-1], *cells[:-1]),
        "总计不动、其余左移一格": (*six[1:], six[0], total),
        "总计不动、其余右移一格": (six[-1], *six[:-1], total),
    }


def _spell(cells: Cells) -> str:
    return "[" + ", ".join(cell.raw or "空白" for cell in cells) + "]"


HINT = "对照原件看这一行是否串了列，串了就移回来；原件就是这样印的，保留原数，在“确认”里写明理由。"

RULE = Rule(
    id="T3-SHIFT",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="表三加不起来时，看是不是某一行串了一列",
    reason="扫描识别和复制粘贴常把一行数字整个挪动一列，或把“其他”和“总计”对调。挪回来就全部平衡，几乎可以肯定。",
    advice="对照原件，把串列的一行移回来；其他加不起来的提示会一起消失。",
    check=check,
)
