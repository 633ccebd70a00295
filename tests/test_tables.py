"""Tables are laid out from the form data alone: full rectangles, every figure headed by what heads it."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.form import Block, Column, ColumnGroup, Layout, Line, Row, TableForm
from build_tools.forms import load, official
from build_tools.render.grid import Grid, GridCell, Head, Slot, Words
from build_tools.render.tables import grid

GOLDEN = Path(__file__).parent / "golden" / "grids"
CASES = Path(__file__).parent / "cases" / "forms"
TABLES = {f"{form.id}.{id_}": table for form in official().values() for id_, table in form.tables.items()}
ODD = {
    f"{path.stem}.{id_}": table
    for path in sorted(CASES.glob("*.yml"))
    for form in load([path.read_text(encoding="utf-8")]).values()
    for id_, table in form.tables.items()
}


def _text(cell: GridCell) -> str:
    size = f" {cell.colspan}x{cell.rowspan}" if (cell.colspan, cell.rowspan) != (1, 1) else ""
    match cell:
        case Slot():
            return f"<{cell.id}{size} ~ {' '.join(cell.headers)}>"
        case Head():
            return f"[{cell.id} {cell.scope}{size} {cell.label}]"
        case Words():
            return f"({cell.part}{size} {cell.label})"


def _picture(laid: Grid) -> str:
    lines = [f"{laid.width} columns, {laid.stubs} of labels"]
    for part in laid.parts:
        lines.append("head" if part.head else "body")
        lines += ["  " + " ".join(_text(cell) for cell in row) for row in part.rows]
    return "\n".join(lines) + "\n"


def _ragged(laid: Grid) -> Iterator[str]:
    """Where cells overlap, leave a hole or reach out of their part."""
    for part in laid.parts:
        taken: set[tuple[int, int]] = set()
        for y, row in enumerate(part.rows):
            x = 0
            for cell in row:
                while (y, x) in taken:
                    x += 1
                area = {(y + dy, x + dx) for dy in range(cell.rowspan) for dx in range(cell.colspan)}
                if area & taken:
                    yield f"overlap at {y},{x}"
                taken |= area
        full = {(y, x) for y in range(len(part.rows)) for x in range(laid.width)}
        if taken != full:
            yield f"holes {sorted(full - taken)[:3]}, beyond {sorted(taken - full)[:3]}"


def _faults(laid: Grid) -> Iterator[str]:
    yield from _ragged(laid)
    cells = list(laid.cells())
    ids = Counter(cell.id for cell in cells if not isinstance(cell, Words))
    yield from (f"{id_} {number} times" for id_, number in ids.items() if number > 1)
    heads = {cell.id for cell in cells if isinstance(cell, Head)}
    for cell in cells:
        if not isinstance(cell, Head) and not set(cell.headers) <= heads:
            yield f"{cell} is headed by nothing"
    expected = Counter(
        f"{laid.form.id}.{line.row.id}.{column.id}"
        for line in laid.form.lines.values()
        for column in line.columns
    )
    if Counter(cell.id for cell in cells if isinstance(cell, Slot)) != expected:
        yield "not every cell of the form stands there once"


@pytest.mark.parametrize("name", [*TABLES, *ODD])
def test_grid(name: str, golden: Callable[[Path, str], None]) -> None:
    """The grid is the printed one: spans, scopes and headers, cell by cell."""
    laid = grid({**TABLES, **ODD}[name])

    assert list(_faults(laid)) == []
    golden(GOLDEN / f"{name}.txt", _picture(laid))


@pytest.mark.parametrize(("form", "rows"), [("2019", 20), ("2021", 22)])
def test_rows_of_results(form: str, rows: int) -> None:
    """三、本年度办理结果 reaches over 20 rows in the form of 2019 and 22 in that of 2021."""
    heads = [cell for cell in grid(TABLES[f"{form}.t3"]).cells() if isinstance(cell, Head)]

    assert [h.rowspan for h in heads if h.label == "三、本年度办理结果"] == [rows]


def test_headers_name_the_way() -> None:
    """A figure is headed by its group, its row, and every heading above it."""
    cells = list(grid(TABLES["2021.t3"]).cells())
    labels = {cell.id: cell.label for cell in cells if isinstance(cell, Head)}
    (slot,) = [c for c in cells if isinstance(c, Slot) and c.id == "t3.denied_process.research"]

    assert [labels[id_] for id_ in slot.headers] == [
        "三、本年度办理结果",
        "（三）不予公开",
        "6.属于四类过程性信息",
        "申请人情况",
        "法人或其他组织",
        "科研机构",
    ]


def test_targets() -> None:
    """A place as editors write it leads to the cell, or to the label of the row."""
    targets = grid(TABLES["2019.t3"]).targets

    assert targets["申请/不予公开/国家秘密/自然人"] == "t3.denied_state_secret.natural"
    assert targets["申请/新收"].startswith("t3-h")
    assert grid(TABLES["2014.stat"]).targets["统计表/会议次数"] == "stat.meetings.value"


def test_laid_out_once() -> None:
    """The grid of a form is made once."""
    assert grid(TABLES["2019.t3"]) is grid(TABLES["2019.t3"])


# --- forms nobody has issued ---------------------------------------------------------------------------

Columns = tuple[Column | ColumnGroup, ...]


@st.composite
def _forms(draw: st.DrawFn) -> TableForm:
    names = (f"n{i}" for i in range(10_000))

    def columns(depth: int) -> Columns:
        return tuple(
            ColumnGroup("组", columns(depth - 1))
            if depth and draw(st.booleans())
            else Column(next(names), "列")
            for _ in range(draw(st.integers(1, 3)))
        )

    def rows(depth: int) -> tuple[Row, ...]:
        found = []
        for _ in range(draw(st.integers(1, 3))):
            below = rows(depth - 1) if depth and draw(st.booleans()) else ()
            key = next(names)
            id_ = key if not below or draw(st.booleans()) else ""
            found.append(Row(id_, "行", (key,), rows=below))
        return tuple(found)

    layout: Layout = draw(st.sampled_from(["stacked", "grid", "across", "list"]))
    blocks = tuple(
        Block(
            columns(2),
            rows(2),
            caption=draw(st.sampled_from(["", "项"])),
            stub=draw(st.sampled_from(["", "目"])),
        )
        for _ in range(draw(st.integers(1, 3)))
    )
    lines = {
        row.id: Line(row, tuple(_leaves(block.columns))) for block in blocks for row in _data_rows(block.rows)
    }
    return TableForm("t", "表", "表", "表", layout, blocks, lines)


def _leaves(columns: Columns) -> Iterator[Column]:
    for column in columns:
        if isinstance(column, ColumnGroup):
            yield from _leaves(column.columns)
        else:
            yield column


def _data_rows(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        if row.id:
            yield row
        yield from _data_rows(row.rows)


@given(_forms())
def test_any_form(form: TableForm) -> None:
    """Whatever a form looks like, its cells fill the rectangle, once each, under headers that exist."""
    assert list(_faults(grid(form))) == []
