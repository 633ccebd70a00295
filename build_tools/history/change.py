"""What is told of a change of a report: when, by whom, why, and what is another than before. Values only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Kind(StrEnum):
    """What sort of change. Of a change of layout alone the report says the same as before."""

    ADDED = "added"
    CHANGED = "changed"
    LAYOUT = "layout"
    REMOVED = "removed"


class Value(NamedTuple):
    """What stood in a cell: as printed, and its state."""

    raw: str
    state: str


class CellChange(NamedTuple):
    """A cell that says something else. `id` is its anchor on the page, `where` its name in the form's own words.

    A version whose form has no such cell has None.
    """

    id: str
    where: str
    old: Value | None
    new: Value | None


class PartChange(NamedTuple):
    """A part of the report beside its cells that says something else: its id, and what people call it."""

    id: str
    name: str


class Unread(StrEnum):
    """A version that cannot be read as a report."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Difference:
    """What two versions of a report do not have in common. `unread`: which of them say nothing that can be read."""

    cells: tuple[CellChange, ...] = ()
    parts: tuple[PartChange, ...] = ()
    unread: tuple[Unread, ...] = ()

    def told(self) -> str:
        """The same as one line of JSON."""
        return _as_json([self.cells, self.parts, self.unread])


def heard(told: str) -> Difference:
    """What `told` told."""
    cells, parts, unread = json.loads(told)
    return Difference(
        tuple(CellChange(id_, where, _value(old), _value(new)) for id_, where, old, new in cells),
        tuple(PartChange(*part) for part in parts),
        tuple(Unread(which) for which in unread),
    )


def _value(told: Sequence[str] | None) -> Value | None:
    return Value(*told) if told else None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one report. `at` is when it was committed, in UTC (`2026-11-21T03:04:05Z`); `commit` a short id.

    Of a report that was `withdrawn` neither the reason nor the difference is told: both say what stood in it.
    """

    unit: str
    year: int
    at: str
    author: str
    why: str
    commit: str
    kind: Kind
    difference: Difference = Difference()
    withdrawn: bool = False

    @property
    def day(self) -> str:
        """The day of it, in UTC."""
        return self.at[:10]

    def silent(self) -> Change:
        """The same change, of a report that was withdrawn."""
        return replace(self, why="", difference=Difference(), withdrawn=True)


def last(changes: Sequence[Change]) -> Change | None:
    """The newest change after which the report says something else; `changes` are the newest first."""
    return next((change for change in changes if change.kind is not Kind.LAYOUT), None)
