"""Every indicator of a report beside that of the year before: what is printed, and how much more or less."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from build_tools.brief.figures import Figures
from build_tools.indicators import Group, Number, Reading, comparable, groups, indicators


class Change(NamedTuple):
    """An indicator in two years; None where the tables of a year do not have it.

    `difference` is None where there is none to tell; `apart` says that both years have a number but not of the same
    thing.
    """

    label: str
    before: Reading | None
    now: Reading | None
    difference: Number | None
    apart: bool


def changed_groups(figures: Figures, before: Figures) -> Iterator[tuple[Group, list[str]]]:
    """The indicators that either year has, by their ids, in their groups."""
    for group in groups():
        ids = [one.id for one in group.indicators if one.id in figures.read or one.id in before.read]
        if ids:
            yield group, ids


def change(id_: str, before: Reading | None, now: Reading | None) -> Change:
    """An indicator in two years, side by side."""
    one = indicators()[id_]
    label = one.label if one.unit == "件" else f"{one.label}（{one.unit}）"
    if before is None or now is None or before.value is None or now.value is None:
        return Change(label, before, now, None, apart=False)
    if not comparable(one, before, now):
        return Change(label, before, now, None, apart=True)
    return Change(label, before, now, now.value - before.value, apart=False)
