"""Tables are laid out from the form data alone: full rectangles, every figure headed by what heads it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from build_tools.form import Block, Column, ColumnGroup, Layout, Line, Row, TableForm
from build_tools.forms import load, official
from build_tools.model import Cell, ExtraRow, State, Table
from build_tools.render.drawing import draw
from build_tools.render.grid import Grid, GridCell, Head, Part, Slot, Words
from build_tools.render.notes import Note
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


def _by_scope(laid: Grid) -> dict[str, set[str]]:
    """The headers of each figure as the HTML standard finds them where none are spelt out (4.9.12.2).

    In the one case that counts, where all headings of columns stand in the head and no others below it.
    """
    top, *bodies = laid.parts
    columns: dict[int, set[str]] = {x: set() for x in range(laid.width)}
    for _, x, cell in _placed(top):
        if isinstance(cell, Head):
            for covered in range(x, x + cell.colspan):
                columns[covered].add(cell.id)
    found = {}
    for body in bodies:
        placed = list(_placed(body))
        for y, x, slot in placed:
            if isinstance(slot, Slot):
                found[slot.id] = {id_ for dx in range(slot.colspan) for id_ in columns[x + dx]}
                for above, left, head in placed:
                    if isinstance(head, Head) and left <= x and above <= y:
                        assert head.scope in {"row", "rowgroup"}
                        if head.scope == "rowgroup" or y < above + head.rowspan:
                            found[slot.id].add(head.id)
    return found


def _placed(part: Part) -> Iterator[tuple[int, int, GridCell]]:
    """The cells of a part with row and column."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(part.rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            yield y, x, cell
            taken |= {(y + dy, x + dx) for dy in range(cell.rowspan) for dx in range(cell.colspan)}


def _faults(laid: Grid) -> Iterator[str]:
    yield from _ragged(laid)
    if laid.scoped:
        by_scope = _by_scope(laid)
        slots = (cell for cell in laid.cells() if isinstance(cell, Slot))
        yield from (f"{s.id} is not headed by scope" for s in slots if set(s.headers) != by_scope[s.id])
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


# --- drawn ---------------------------------------------------------------------------------------------


class _Cells(HTMLParser):
    """The cells of drawn tables: tag, attributes, text."""

    def __init__(self, html: Markup) -> None:
        super().__init__(convert_charrefs=True)
        self.cells: list[tuple[str, dict[str, str | None], str]] = []
        self.tags: set[str] = set()
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in {"td", "th"}:
            self.cells.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.cells:
            tag, attributes, text = self.cells[-1]
            self.cells[-1] = (tag, attributes, text + data.rstrip("\n"))


def _filled(form: TableForm, states: Iterable[State] = (State.NUMBER,)) -> Table:
    """A table no two of whose cells hold the same."""
    state = cycle(states)
    rows = {
        id_: tuple(Cell(f"{id_}·{column.id}", next(state)) for column in line.columns)
        for id_, line in form.lines.items()
    }
    return Table(form, "t", rows)


def _shown(cell: Cell) -> str:
    return {State.BLANK: "空白", State.MISSING: "缺"}.get(cell.state, cell.raw)


@given(_forms(), st.lists(st.sampled_from(State), min_size=1), st.data())
def test_every_figure_in_its_cell(form: TableForm, states: list[State], data: st.DataObject) -> None:
    """Whatever the form, the states, the labels and the notes: each cell says what the report says there."""
    laid, table = grid(form), _filled(form, states)
    ids = [cell.id for cell in laid.cells() if not isinstance(cell, Words)]
    marks = {id_: (Note(7, "error", "差 1"),) for id_ in data.draw(st.sets(st.sampled_from(ids)))}
    labels: dict[str, str | None] = data.draw(st.sampled_from([{}, {"行": "排"}, {"列": None}]))
    drawn = _Cells(draw(replace(table, labels=labels), marks, "表"))

    assert len(drawn.cells) == len(list(laid.cells()))
    for cell, (tag, attributes, text) in zip(laid.cells(), drawn.cells, strict=True):
        mark = "" if isinstance(cell, Words) or cell.id not in marks else "7"
        if isinstance(cell, Slot):
            figure = table.rows[cell.row][cell.position]
            assert (tag, attributes["id"], attributes["data-state"]) == ("td", cell.id, figure.state)
            assert text == _shown(figure) + mark
            assert laid.scoped or attributes["headers"] == " ".join(cell.headers)
        else:
            printed = labels.get(cell.label, cell.label)
            assert text == (f"〔{cell.label}〕" if printed is None else printed) + mark


def test_noughts_are_told_from_other_figures() -> None:
    """Only a number that is not nought bears the class, and a mark goes before it."""
    form = TABLES["2021.t3"]
    row = (
        Cell("0", State.NUMBER, 0),
        Cell("4", State.NUMBER, 4),
        Cell("4", State.TEXT),
        *[Cell("", State.BLANK)] * 4,
    )
    table = replace(_filled(form), rows=dict.fromkeys(form.lines, row))
    drawn = draw(table, {"t3.new.commercial": (Note(1, "error", "差 1"),)}, "表")

    assert '<td id="t3.new.natural" data-state="number">0</td>' in drawn
    assert '<td id="t3.new.commercial" data-state="number" class="noted">4<span' in drawn
    assert '<td id="t3.granted.commercial" data-state="number" class="some">4</td>' in drawn
    assert '<td id="t3.new.research" data-state="text">4</td>' in drawn


TAGS = {"div", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "span"}


def test_nothing_of_a_table_is_markup() -> None:
    """Labels of the form, labels as printed, figures, extra rows and the caption arrive as text."""
    evil = '"><script>&amp;'
    column, other = Column(evil, evil), ColumnGroup(evil, (Column("b", evil),))
    row = Row("r", evil, (evil,), unit=evil)
    lines = {"r": Line(row, (column, Column("b", evil)))}
    cells = (Cell(evil, State.NUMBER), Cell(evil, State.TEXT))
    layouts: tuple[Layout, ...] = ("stacked", "grid", "across", "list")
    for layout in layouts:
        block = Block((column, other), (Row("", evil, (), rows=(row,)),), caption=evil, corner=evil)
        form = TableForm("t", "表", "表", "表", layout, (block,), lines)
        for labels in ({}, {evil: f"{evil}2"}, {evil: None}):
            extra = (ExtraRow(evil, (evil,)),)
            drawn = draw(Table(form, "t", {"r": cells}, labels, extra), {}, evil)
            read = _Cells(drawn)
            assert read.tags <= TAGS
            assert [text for _, a, text in read.cells if "data-state" in a] == [evil] * 3
