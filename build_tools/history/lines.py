"""Changes as programs read them: one line of JSON each, by month; and the list of months. Pure.

A contract with other programs, to which keys may be added; `schema.json` beside this file says what holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from build_tools.history.absence import Absence
from build_tools.history.change import Change, Value
from build_tools.history.kept import Month

CHANGES = "api/v1/changes/"
"""The folder of these files, from the top of the site."""

INDEX = "index.json"

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def month_file(month: str) -> str:
    """The name of a month's file."""
    return f"{month}.jsonl"


def lines(changes: Iterable[Change]) -> Iterator[bytes]:
    """A line for each change."""
    return (f"{_as_json(document(change))}\n".encode() for change in changes)


def document(change: Change) -> dict[str, Any]:
    """A change as an object of JSON."""
    found = change.difference
    return {
        "date": change.at,
        "unit": change.unit,
        "year": change.year,
        "kind": change.kind.value,
        "commit": change.commit,
        "author": change.author,
        "why": change.why,
        "cells": [
            {"id": cell.id, "name": cell.where, "old": _value(cell.old), "new": _value(cell.new)}
            for cell in found.cells
        ],
        "parts": [part._asdict() for part in found.parts],
        "unreadable": [which.value for which in found.unread],
        **({"withdrawn": True} if change.withdrawn else {}),
    }


def _value(value: Value | None) -> dict[str, str] | None:
    return value and value._asdict()


def index(months: Sequence[Month], absence: Absence | None) -> str:
    """The list of months, oldest first; or why there is none."""
    told = {
        "known": absence is None,
        "note": absence.line if absence else None,
        "months": [
            {
                "month": month.month,
                "changes": month.changes,
                "bytes": month.size,
                "sha256": month.sha256,
                "href": month_file(month.month),
            }
            for month in months
        ],
    }
    return f"{_as_json(told)}\n"


@cache
def schema() -> dict[str, Any]:
    """What holds of a line and of the list, as JSON Schemas by name: `Change`, `Changes`."""
    text = files("build_tools.history").joinpath("schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
