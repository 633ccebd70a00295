"""The changes of a report -> the part of its page that tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from build_tools.history import Change, Past, Value, said
from build_tools.model import Report, State
from build_tools.render.engine import kept

HISTORY = "history"
"""The id of the part."""

_FIRST = 3  # changes in sight; the others are folded
_MOST = 40  # changes on a page, and cells of a change: a page must not grow for ever
_LONGEST = 60  # characters of what stood in a cell
_UNCOMMITTED = "这份报告还没有提交，没有收录与改动的记录。"

_SAID: Mapping[str, str] = {State.BLANK: "空白", State.MISSING: "缺"}


class Cell(NamedTuple):
    """A changed cell as it is shown; `target` is its anchor, empty where the page has no such cell any more."""

    where: str
    old: str
    new: str
    target: str


class Line(NamedTuple):
    """A change as it is shown. `more`: how many cells of it are not."""

    at: str
    author: str
    done: str
    why: str
    cells: tuple[Cell, ...]
    more: int

    @property
    def day(self) -> str:
        return self.at[:10]


def history_part(past: Past | None, report: Report) -> Markup:
    """When the report was taken in and changed, by whom, which cells, why; nothing where nothing is to be said."""
    if past is None:
        return Markup()
    if not past.changes:
        line = past.absence.line if past.absence else _UNCOMMITTED
        return kept("history.html.jinja", "unknown")(HISTORY, line)
    shown, rest = past.changes[:_MOST], past.changes[_MOST:]
    lines = tuple(_line(change, report) for change in shown)
    return kept("history.html.jinja", "known")(HISTORY, lines[:_FIRST], lines[_FIRST:], len(rest))


def _line(change: Change, report: Report) -> Line:
    cells = change.difference.cells
    return Line(
        change.at,
        change.author,
        said(change),
        change.why,
        tuple(_cells(change, report)),
        max(len(cells) - _MOST, 0),
    )


def _cells(change: Change, report: Report) -> Iterator[Cell]:
    for cell in change.difference.cells[:_MOST]:
        yield Cell(cell.where, _said(cell.old), _said(cell.new), cell.id if _there(cell.id, report) else "")


def _said(value: Value | None) -> str:
    if value is None:
        return "没有这一格"
    told = _SAID.get(value.state, value.raw)
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"


def _there(id_: str, report: Report) -> bool:
    table, row, column = id_.split(".")
    return table in report.tables and report.tables[table].cell(row, column) is not None
