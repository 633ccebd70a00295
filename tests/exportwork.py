"""The open data read back: by other programs than those that wrote them, and told anew from YAML and from the pages.

What must stand in the data is worked out here once more, from the report files and the form files, apart from
build_tools on purpose.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import duckdb
import openpyxl
from ruamel.yaml import YAML

from tests.searchtruth import read_yaml
from tests.sitework import Page

FORMS = Path(__file__).parent.parent / "build_tools/forms"
COLUMNS = ("unit", "year", "form", "table", "row", "col", "value", "raw", "state", "flags")

DASHES = {"-", "—", "–", "－", "——", "--", "/", "／", "\\"}
YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
NOUGHTS = {"零", "〇", "○", "O", "o"}
_NUMBER = re.compile(r"([+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?)\s*(元|万元|亿元)?")

ESCAPE = re.compile("_x([0-9A-F]{4})_")
"""How Excel writes a character that XML cannot hold."""


class Line(NamedTuple):
    """A line of the data. `value` is exact, or None."""

    unit: str
    year: int
    form: str
    table: str
    row: str
    col: str
    value: Decimal | None
    raw: str
    state: str
    flags: str


# --- from the report files ---------------------------------------------------------------------------


@cache
def forms() -> Mapping[str, Any]:
    """The form files by id."""
    read = YAML(typ="safe", pure=True).load
    found = [read(path.read_text(encoding="utf-8")) for path in sorted(FORMS.glob("*.yml"))]
    return {str(form["id"]): form for form in found}


def truth(archive: Path, site: Path) -> list[Line]:
    """Every cell of an archive, in the order of counties, years and units; findings are those that pages show."""
    files = sorted((archive / "reports").glob("??/??????/*/[12]???.yml"), key=_order)
    return [line for path in files for line in _cells(path, site)]


def _order(path: Path) -> tuple[str, str, str]:
    return path.parts[-3], path.stem, path.parts[-2]


def _cells(path: Path, site: Path) -> Iterator[Line]:
    told, unit, year = read_yaml(path.read_text(encoding="utf-8")), path.parent.name, int(path.stem)
    chosen = told["格式"]
    if chosen == "无":
        return
    # Tables stand in the order of the report's main form, the last one issued of those it mixes.
    main = forms()[chosen if isinstance(chosen, str) else max(chosen.values())]
    flags = shown(site / f"units/{unit}/{year}/index.html")
    for table in main["tables"]:
        form = chosen if isinstance(chosen, str) else chosen[table["key"]]
        (own,) = [t for t in forms()[form]["tables"] if t["key"] == table["key"]]
        for row, column, text, money in _read(own, told[own["key"]]):
            value, state = _state(text, money)
            flag = flags.get(f"{own['id']}.{row}.{column}", "")
            raw = "" if state in {"blank", "missing"} else str(text)
            yield Line(unit, year, form, own["id"], row, column, value, raw, state, flag)


def _read(table: Any, told: Any) -> Iterator[tuple[str, str, str | None, str]]:
    """Row, column, text of each cell; of money the unit that the form names, `?` where it names none."""
    for block in table["blocks"]:
        columns = list(_columns(block["columns"]))
        for row, text in _rows(block["rows"], told):
            texts = text if isinstance(text, list) else [text]
            assert len(texts) == len(columns), (row, text)
            for column, one in zip(columns, texts, strict=True):
                money = column.get("money") or row.get("money")
                unit = column.get("unit") or row.get("unit") or "?"
                yield row["id"], column["id"], one, unit if money else ""


def _columns(columns: Any) -> Iterator[Any]:
    for column in columns:
        if "columns" in column:
            yield from _columns(column["columns"])
        else:
            yield column


def _rows(rows: Any, told: Any) -> Iterator[tuple[Any, Any]]:
    for row in rows:
        if "id" in row:
            yield row, told[row["key"]]
        inside = told if "id" in row or "key" not in row else told[row["key"]]
        yield from _rows(row.get("rows", []), inside)


def _state(text: str | None, money: str) -> tuple[Decimal | None, str]:
    if text in {None, "", "缺"}:
        return None, "missing" if text else "blank"
    assert text
    if text in DASHES:
        return None, "dash"
    if text in {"无", "不适用"}:
        return None, "na"
    if text in NOUGHTS:
        return Decimal(0), "number"
    match = _NUMBER.fullmatch(text)
    plain = match and not re.match(r"[+-]?0[0-9]", text)
    if not match or not plain or (match[2] and not money):
        return None, "text"
    return _amount(Decimal(match[1]), match[2] or money, "万元" if money == "?" else money), "number"


def _amount(number: Decimal, unit: str, wanted: str) -> Decimal | None:
    """A sum in the unit that is wanted of its column."""
    if unit == wanted:
        return number
    if unit == "?":
        return number if number == 0 else None
    with localcontext(prec=99):
        return number * YUAN[unit] / YUAN[wanted]


def shown(page: Path) -> dict[str, str]:
    """The rules whose notes a report's page leads to from a cell, by the cell's id."""
    rules: dict[str, str] = {}
    marks: dict[str, list[str]] = {}
    cell = ""
    for tag, about in Page(page.read_text(encoding="utf-8")).tags:
        if tag in {"td", "th"}:
            cell = about.get("id", "") if "data-state" in about else ""
        if tag == "li" and "data-rule" in about:
            rules[about["id"]] = about["data-rule"]
        if tag == "a" and about.get("class") == "mark" and cell:
            marks.setdefault(cell, []).append(about["href"].removeprefix("#"))
    found = {
        cell: dict.fromkeys(rules[note] for note in notes if note in rules) for cell, notes in marks.items()
    }
    return {cell: ";".join(own) for cell, own in found.items() if own}


# --- from the data -----------------------------------------------------------------------------------


def unguarded(text: str) -> str:
    """A text of the CSV as it is printed."""
    return text[1:] if re.match("''*[=+\\-@\t\r\n＝＋－＠]", text) else text


def _line(values: Any) -> Line:
    unit, year, form, table, row, col, value, raw, state, flags = values
    number = None if value in {None, ""} else Decimal(str(value))
    return Line(unit, int(year), form, table, row, col, number, raw or "", state, flags or "")


def _csv(text: str) -> list[Line]:
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert tuple(head) == COLUMNS
    return [_line([unguarded(value) for value in row]) for row in rows]


def from_csv(folder: Path) -> list[Line]:
    """Unpacked by gzip, read by csv."""
    run = subprocess.run(["gzip", "-dc", str(folder / "cells.csv.gz")], capture_output=True, check=True)
    return _csv(run.stdout.decode("utf-8"))


def from_excel_csv(folder: Path) -> list[Line]:
    """What Excel opens: with a byte order mark."""
    with ZipFile(folder / "csv-excel.zip") as packed:
        assert packed.testzip() is None
        data = packed.read("cells.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    return _csv(data.decode("utf-8-sig"))


def from_json(folder: Path) -> list[Line]:
    """A value of JSON keeps its digits."""
    with gzip.open(folder / "cells.jsonl.gz", "rt", encoding="utf-8", newline="\n") as lines:
        told = [json.loads(line, parse_float=Decimal) for line in lines]
    assert {tuple(line) for line in told} <= {COLUMNS}
    return [_line(line.values()) for line in told]


def from_parquet(folder: Path) -> list[Line]:
    """DuckDB shares no code with Arrow's writer."""
    with duckdb.connect() as read:
        found = read.execute("SELECT * FROM read_parquet(?)", [str(folder / "cells.parquet")])
        assert tuple(column[0] for column in found.description or ()) == COLUMNS
        return [_line(row) for row in found.fetchall()]


def from_sheet(folder: Path, name: str = "cells") -> list[tuple[Any, ...]]:
    """The lines of a sheet, the heading first, as openpyxl reads them."""
    book = openpyxl.load_workbook(folder / "nianbao.xlsx", read_only=True)
    try:
        return [tuple(row) for row in book[name].iter_rows(values_only=True)]
    finally:
        book.close()


def from_xlsx(folder: Path) -> list[Line]:
    head, *rows = from_sheet(folder)
    assert head == COLUMNS
    return [_line(row) for row in rows]


def from_sqlite(folder: Path, node: list[str]) -> list[Line]:
    """Node has a SQLite of its own."""
    script = (
        "const {DatabaseSync} = require('node:sqlite');"
        "const query = new DatabaseSync(process.argv[1], {readOnly: true}).prepare('SELECT * FROM cells');"
        "query.setReadBigInts(true);"
        "const exact = (_, value) => typeof value === 'bigint' ? JSON.rawJSON(String(value)) : value;"
        "console.log(JSON.stringify(query.all(), exact))"
    )
    command = [*node, "--no-warnings", "-e", script, str(folder / "nianbao.sqlite")]
    run = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8")
    rows = json.loads(run.stdout, parse_float=Decimal)
    assert {tuple(row) for row in rows} <= {COLUMNS}
    return [_line(row.values()) for row in rows]
