"""A unit in a year -> one mark: its report came in time, late or on no known day, or there is none, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from build_tools.archive import Entry
from build_tools.due import timing
from build_tools.facts import UnitFacts
from build_tools.former import Withdrawn
from build_tools.units import kinds


@dataclass(frozen=True, slots=True)
class Mark:
    """What a matrix of coverage shows: a word, what it means in full, whether there is a page to lead to."""

    state: str
    word: str
    said: str
    page: bool = True


_WITHDRAWN = Mark("withdrawn", "撤下", "收录过，撤下了")
_ABSENT = Mark("absent", "—", "尚未收录", page=False)
_NOT_DUE = Mark("not-due", "·", "那一年没有这个单位，或还没有、不再单独报告", page=False)
_UNDATED = Mark("undated", "收录", "收录了，没有注明公布日期")

STATES = {
    "on-time": "按时：报告注明的公布日期没有过期限",
    "late": "晚：注明的公布日期过了期限，数字是晚了几天",
    "undated": "收录：没有注明公布日期",
    "withdrawn": "撤下：收录过，后来撤下",
    "absent": "—：尚未收录，不等于没有公布",
    "not-due": "·：那一年没有这个单位",
}
"""The states in the order a legend explains them."""


def mark(entry: Entry) -> Mark:
    """The mark of a report, after the date it bears itself."""
    found = timing(kinds()[entry.kind], entry.year, entry.published)
    if found is None:
        return _UNDATED
    if not found.late:
        return Mark("on-time", "按时", f"{entry.published} 公布，期限是 {found.on}")
    return Mark("late", f"晚 {found.late} 天", f"{entry.published} 公布，期限是 {found.on}")


def marks(
    unit: UnitFacts,
    years: Sequence[int],
    entries: Mapping[tuple[str, int], Entry],
    withdrawn: Mapping[tuple[str, int], Withdrawn],
) -> list[tuple[int, Mark]]:
    """The marks of a unit in each of these years."""
    return [(year, _of(unit, year, entries, withdrawn)) for year in years]


def _of(
    unit: UnitFacts,
    year: int,
    entries: Mapping[tuple[str, int], Entry],
    withdrawn: Mapping[tuple[str, int], Withdrawn],
) -> Mark:
    key = (unit.id, year)
    if key in entries:
        return mark(entries[key])
    if key in withdrawn:
        return _WITHDRAWN
    return _ABSENT if unit.there(year) else _NOT_DUE
