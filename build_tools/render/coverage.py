"""A unit in a year -> one mark: its report came in time, late or on no known day, or there is none, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from build_tools.archive import Entry
from build_tools.due import timing
from build_tools.facts import UnitFacts, lifetime
from build_tools.former import Withdrawn
from build_tools.model import Unit
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
    "on-time": "按时：报告注明的公布日期没有过期限；法律没有定期限的，没有过各地大多要求的日子",
    "late": "晚：注明的公布日期过了法定期限，数字是晚了几天",
    "after": "后：注明的公布日期在各地大多要求的日子之后，数字是几天；法律没有给乡镇、街道、管委会定期限",
    "odd": "日期存疑：注明的公布日期在年度结束以前",
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
    if entry.published <= f"{entry.year}-12-31":
        return Mark("odd", "日期存疑", f"注明 {entry.published} 公布，那时年度还没有结束")
    day = f"{'期限' if found.due.binding else '各地大多要求的日子'}是 {found.on}"
    if not found.late:
        return Mark("on-time", "按时", f"{entry.published} 公布，{day}")
    state, word = ("late", "晚") if found.due.binding else ("after", "后")
    return Mark(state, f"{word} {found.late} 天", f"{entry.published} 公布，{day}")


@dataclass(frozen=True, slots=True)
class Matrix:
    """The units of a county, their reports and those withdrawn; until `due` every report had to be public."""

    units: Sequence[Unit]
    entries: Sequence[Entry]
    withdrawn: Sequence[Withdrawn] = ()
    due: int = 0

    @property
    def years(self) -> list[int]:
        """The newest first, from the first of which there is anything, to `due` at least; none if there is nothing."""
        some = {*(entry.year for entry in self.entries), *(gone.year for gone in self.withdrawn)}
        return list(reversed(range(min(some), max(self.due, *some) + 1))) if some else []

    def rows(self) -> list[tuple[Unit, list[tuple[int, Mark]]]]:
        """The units in order of their ids, with the mark of each year."""
        have = {(entry.unit, entry.year): entry for entry in self.entries}
        gone = {(one.unit, one.year): one for one in self.withdrawn}
        years = self.years
        rows = []
        for unit in sorted(self.units, key=lambda unit: unit.id):
            own = lifetime(unit, [year for year in years if (unit.id, year) in have])
            rows.append((unit, marks(UnitFacts(unit.id, unit.kind.id, *own), years, have, gone)))
        return rows


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
