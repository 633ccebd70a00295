"""What stands in the workbook of a slice: which sheets, how wide their columns are, what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from build_tools.export.cells import columns_of, name_of
from build_tools.export.dictionary import SHEETS, STATES
from build_tools.export.lines import sheet_row
from build_tools.export.package import ROWS, fits
from build_tools.export.splice import Press
from build_tools.export.spool import Member, Rows
from build_tools.export.workbook import Layout, members
from build_tools.form import Form, TableForm

ABOUT = "说明"
"""The sheet that explains the others."""

_WIDTH = 12
_WIDTHS = {
    column: width
    for width, columns in {
        16: ("source_sha256", "sha256", "rule"),
        24: ("name", "source_file", "flags", "col_label"),
        30: ("source_url", "address", "path", "homepage", "col_above", "law"),
        40: ("title", "waived", "row_above", "row_label", "table_title"),
        70: ("message",),
    }.items()
    for column in columns
}
_WIDE = ("unit", "year", "name")
"""The columns of a wide sheet before those of the form."""

Told = list[str]
"""A line of the sheet that explains: what, in Chinese, in English."""


def workbook(forms: Mapping[str, Form], rows: Mapping[str, Rows], about: Iterable[Told]) -> Iterator[Member]:
    """The files of a slice's workbook. `rows` are those of each sheet by its name; `about` says what slice it is."""
    fitting = [sheet for sheet in SHEETS if fits(rows[sheet.name].count)]
    wide = {
        name: (form, table)
        for form in forms.values()
        for table in form.tables.values()
        if (name := name_of(form.id, table)) in rows
    }
    layouts = [
        Layout(ABOUT, ("项目", "说明", "English"), (20, 76, 76)),
        *(Layout(s.name, s.columns, tuple(_WIDTHS.get(name, _WIDTH) for name in s.columns)) for s in fitting),
        *(_wide(name, table) for name, (_, table) in wide.items()),
    ]
    own = [*about, [], *([name, *_told_wide(form, table)] for name, (form, table) in wide.items())]
    explained, count = _explained(tuple(sheet.name for sheet in fitting))
    text = "".join(map(sheet_row, own)) + explained
    told = Rows(Press().segment(text.encode()), len(own) + count)
    yield from members(tuple(layouts), {**rows, ABOUT: told})


def _wide(name: str, table: TableForm) -> Layout:
    """A sheet with a line for each report and a column for each cell of the table."""
    columns = list(columns_of(table))
    labels = [
        f"{line.row.label} · {column.label}{f'（{column.measure}）' * column.money}"
        for line in table.lines.values()
        for column in line.columns
    ]
    return Layout(
        name,
        (*_WIDE, *(f"{row}_{column}" for row, column in columns)),
        tuple(_WIDTHS.get(name, _WIDTH) for name in _WIDE) + (_WIDTH,) * len(columns),
        ("单位编号", "年度", "单位名称", *labels),
    )


@cache
def _explained(fitting: tuple[str, ...]) -> tuple[str, int]:
    """Rows that say of tables, columns and states what they are, and how many rows."""
    told = list(_told(fitting))
    return "".join(map(sheet_row, told)), len(told)


def _told(fitting: tuple[str, ...]) -> Iterator[Told]:
    yield []
    yield from ([state.value, *texts] for state, texts in STATES.items())
    for sheet in SHEETS:
        yield []
        yield [sheet.name, sheet.zh, sheet.en]
        if sheet.name in fitting:
            yield from ([field.name, field.zh, field.en] for field in sheet.fields)
        else:
            yield [
                "",
                f"这里有 {ROWS:,} 行以上，一张表装不下。分年、分省的工作簿里有，CSV 等别的格式里也有。",
                f"more than {ROWS:,} lines do not fit: see the workbooks by year and province, and other formats",
            ]


def _told_wide(form: Form, table: TableForm) -> Told:
    return [
        f"{form.name}{table.name}，一份报告一行，一格一栏；不是数的照印的写，缺的写“缺”，空白的仍空白",
        f"{table.id} of form {form.id}: one line for each report, a column for each cell, as printed if no number",
    ]
