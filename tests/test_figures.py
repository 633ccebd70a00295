"""Tables for programs: what the standard library writes, to the letter."""

import json
from decimal import Decimal

from hypothesis import given

from build_tools.model import Cell, Table
from build_tools.render.figures import table_json
from tests.strategies import odd_tables


def _value(cell: Cell) -> str | int | None:
    return format(cell.value, "f") if isinstance(cell.value, Decimal) else cell.value


@given(odd_tables())
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
