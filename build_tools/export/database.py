"""A slice as one SQLite file: reports, units, findings, labels, and every table of the forms with a column for each cell.

So a report takes a line in each of its tables, and a nought takes one byte. The view `cells` gives the tidy lines back:
it reads a figure from its table and what is printed, what state it has and what was found from `odd`, which holds the
cells that are no plain whole number or bear a finding.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from build_tools.export.cells import columns_of, name_of
from build_tools.export.dictionary import FINDINGS, LABELS, REPORTS, UNITS, Sheet
from build_tools.export.entries import Values, label_rows
from build_tools.export.lines import Value
from build_tools.form import Form, TableForm
from build_tools.render.once import once

VERSION = sqlite3.sqlite_version
"""Of the library that writes, and leaves its version in the file."""

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
_ODD = ("report", "table", "row", "col", "raw", "state", "flags")


_LIMIT = 400  # selects in one view; SQLite takes 500


class Database:
    """The file while it is written."""

    def __init__(self, path: Path, forms: Mapping[str, Form]) -> None:
        self._reports = 0
        path.write_bytes(_empty(forms))
        self._to = sqlite3.connect(path, isolation_level=None)
        # Nobody else reads it yet, and a file that is not finished is thrown away.
        self._to.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")

    def add(self, sheet: Sheet, rows: Iterable[Values]) -> None:
        """Add lines to a table that is beside the cells."""
        self._put(sheet.name, len(sheet.fields), rows)

    def figures(self, line: bytes) -> None:
        """Add reports with their tables and findings: a line of figures, as packs hold it."""
        told = json.loads(line)
        first = self._reports + 1
        self._put(
            REPORTS.name,
            len(REPORTS.fields) + 1,
            ([first + n, *row] for n, row in enumerate(told["reports"])),
        )
        self.add(FINDINGS, told["findings"])
        for name, rows in told["tables"].items():
            self._put(name, len(rows[0]), ([first + row[0], *row[1:]] for row in rows))
        self._put("odd", len(_ODD), ([first + row[0], *row[1:]] for row in told["odd"]))
        self._reports += len(told["reports"])

    def _put(self, table: str, width: int, rows: Iterable[Sequence[Value]]) -> None:
        self._to.executemany(_insert(table, width), rows)

    def finish(self) -> None:
        """Nothing more comes."""
        self._to.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._to.close()


@contextmanager
def database(path: Path, forms: Mapping[str, Form]) -> Iterator[Database]:
    """A database to be filled. What keeps SQLite from writing it is raised as OSError, as of any file."""
    try:
        with closing(Database(path, forms)) as made:
            yield made
            made.finish()
    except sqlite3.Error as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error), str(path)) from error


@once(2)
def _empty(forms: Mapping[str, Form]) -> bytes:
    """A file with all tables and views, and the labels of the forms in it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.executescript(_schema(forms))
        made.executemany(_insert(LABELS.name, len(LABELS.fields)), label_rows(forms.values()))
        return made.serialize()


def _insert(table: str, width: int) -> str:
    return f'INSERT INTO "{table}" VALUES ({", ".join("?" * width)})'  # noqa: S608  # a table of ours


def _schema(forms: Mapping[str, Form]) -> str:
    """All tables and views."""
    tables = [
        (name_of(form.id, table), form, table) for form in forms.values() for table in form.tables.values()
    ]
    selects = [select for name, form, table in tables for select in _selects(name, form, table)]
    parts = [selects[at : at + _LIMIT] for at in range(0, len(selects), _LIMIT)]
    names = [f"figures_{n}" for n, _ in enumerate(parts, 1)]
    return ";\n".join(
        [
            _table(REPORTS, "id INTEGER PRIMARY KEY"),
            *map(_table, (UNITS, FINDINGS, LABELS)),
            _ODD_TABLE,
            *(_wide(name, table) for name, _, table in tables),
            *(_view(name, part) for name, part in zip(names, parts, strict=True)),
            _view("figures", [f"SELECT * FROM {name}" for name in names]),  # noqa: S608  # ours
            _CELLS_VIEW,
            "",
        ]
    )


def _table(sheet: Sheet, *before: str) -> str:
    columns = [f'"{f.name}" {_TYPES[f.type]}{" NOT NULL" * f.needed}' for f in sheet.fields]
    key = (
        f"{'UNIQUE' if before else 'PRIMARY KEY'} ({', '.join(map(_quoted, sheet.key))})" if sheet.key else ""
    )
    return f"CREATE TABLE {sheet.name} ({', '.join(filter(None, [*before, *columns, key]))})"


def _wide(name: str, table: TableForm) -> str:
    columns = ", ".join(_quoted(f"{row}_{column}") for row, column in columns_of(table))
    return f"CREATE TABLE {_quoted(name)} (report INTEGER PRIMARY KEY REFERENCES reports, {columns})"


def _selects(name: str, form: Form, table: TableForm) -> Iterator[str]:
    for row, column in columns_of(table):
        place = f"'{form.id}' AS form, '{table.id}' AS \"table\", '{row}' AS row, '{column}' AS col"
        yield f"SELECT report, {place}, {_quoted(f'{row}_{column}')} AS value FROM {_quoted(name)}"  # noqa: S608  # of our forms


def _view(name: str, selects: Sequence[str]) -> str:
    return f"CREATE VIEW {name} AS {' UNION ALL '.join(selects)}"


def _quoted(name: str) -> str:
    return f'"{name}"'


_ODD_TABLE = """\
CREATE TABLE odd (
  report INTEGER NOT NULL REFERENCES reports, "table" TEXT NOT NULL, "row" TEXT NOT NULL, "col" TEXT NOT NULL,
  raw TEXT NOT NULL, state TEXT NOT NULL, flags TEXT NOT NULL, PRIMARY KEY (report, "table", "row", "col")
) WITHOUT ROWID"""

_CELLS_VIEW = """\
CREATE VIEW cells AS
SELECT r.unit, r.year, f.form, f."table", f.row, f.col, f.value,
  coalesce(o.raw, CAST(f.value AS TEXT)) AS raw, coalesce(o.state, 'number') AS state, coalesce(o.flags, '') AS flags
FROM figures f JOIN reports r ON r.id = f.report
LEFT JOIN odd o ON o.report = f.report AND o."table" = f."table" AND o.row = f.row AND o.col = f.col"""
