"""Tables for programs: what the standard library writes, to the letter."""

import csv
import io
import json
from decimal import Decimal
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from build_tools.form import Block, Column, Line, Row, TableForm
from build_tools.forms import official
from build_tools.model import Cell, Origin, Report, State, Table
from build_tools.render.figures import COLUMNS, table_json, tables_csv

_WORDS = st.text("0123456789,\"'\n\r;. +-元缺\\\x00　甲", max_size=6)
_CELLS = st.builds(
    Cell,
    _WORDS,
    st.sampled_from(State),
    st.none() | st.integers(-3, 3) | st.decimals(-3, 3, places=1) | st.just(Decimal("1E-7")),
    _WORDS,
)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    ids = draw(st.lists(_WORDS.filter(lambda word: word != "\x00"), min_size=1, max_size=4, unique=True))
    columns = tuple(Column(id_, "列") for id_ in ids)
    rows = tuple(Row(id_, "行", (id_,)) for id_ in ids)
    form = TableForm(
        ids[0],
        "表",
        "表",
        "表",
        "grid",
        (Block(columns, rows),),
        {id_: Line(row, columns) for id_, row in zip(ids, rows, strict=True)},
    )
    cells = {id_: tuple(draw(_CELLS) for _ in columns) for id_ in ids}
    return Table(form, draw(_WORDS), cells)


def _value(cell: Cell) -> str | int | None:
    return format(cell.value, "f") if isinstance(cell.value, Decimal) else cell.value


@given(_tables())
def test_json(table: Table) -> None:
    """Rows, columns and cells as `json` writes them."""
    expected = {}
    for row, line in table.form.lines.items():
        expected[row] = {
            column.id: {"raw": cell.raw, "value": _value(cell), "state": cell.state.value}
            | ({"unit": cell.unit} if cell.unit else {})
            for column, cell in zip(line.columns, table.rows[row], strict=True)
        }

    assert table_json(table) == json.dumps(expected, ensure_ascii=False, separators=(",", ":"))


@given(st.lists(_tables(), max_size=3), _WORDS)
def test_csv(tables: list[Table], unit: str) -> None:
    """Lines as `csv` writes them, whatever stands in a cell."""
    by_id = {table.form.id: table for table in tables}
    report = Report(unit, 2020, official()["2019"], "", Origin(), (), MappingProxyType(by_id))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for id_, table in by_id.items():
        for row, line in table.form.lines.items():
            for column, cell in zip(line.columns, table.rows[row], strict=True):
                value = "" if cell.value is None else str(_value(cell))
                places = (unit, 2020, table.form_id, id_, row, column.id)
                writer.writerow((*places, value, cell.raw, cell.state.value))

    assert tables_csv(report) == out.getvalue()
