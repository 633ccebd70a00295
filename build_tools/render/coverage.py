"""A unit in a year -> one mark: its report came in time, late or on no known day, or there is none, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from build_tools.archive import Entry
from build_tools.due import past_due
from build_tools.expected import NO_ROLL, Expected, Limit, Roll, names
from build_tools.facts import UnitFacts, lifetime
from build_tools.former import Withdrawn
from build_tools.model import Unit
from build_tools.standing import Known, Standing, State, Why, standing
from build_tools.units import kinds


@dataclass(frozen=True, slots=True)
class Mark:
    """What a matrix of coverage shows: a word, what it means in full, whether there is a page to lead to."""

    state: str
    word: str
    said: str
    page: bool = True


STATES = {
    "on-time": "按时：报告注明的公布日期没有过期限；法律和名单都没有定期限的，没有过各地大多要求的日子",
    "late": "晚：注明的公布日期过了法定期限或名单上的日期，数字是晚了几天",
    "after": "后：注明的公布日期在各地大多要求的日子之后，数字是几天；法律没有给乡镇、街道、管委会定期限",
    "odd": "日期存疑：注明的公布日期在年度结束以前",
    "undated": "收录：没有注明公布日期",
    "withdrawn": "撤下：收录过，后来撤下",
    "missing": "待补：在那一年的应公开名单上，期限已过，档案里没有，可能在别处公布过",
    "absent": "—：尚未收录，不等于没有公布",
    "open": "暂不计：在名单上，期限那一年还没有过完",
    "not-listed": "不在名单：那一年的应公开名单上没有它",
    "not-due": "·：那一年没有这个单位",
}
"""The states in the order a legend explains them."""

_MARKS = {
    Why.EARLY: ("odd", "日期存疑"),
    Why.UNDATED: ("undated", "收录"),
    Why.NO_DAY: ("undated", "收录"),
    Why.WITHDRAWN: ("withdrawn", "撤下"),
    Why.MISSING: ("missing", "待补"),
    Why.OPEN: ("open", "暂不计"),
    Why.NOT_LISTED: ("not-listed", "不在名单"),
    Why.NOT_THERE: ("not-due", "·"),
    Why.NO_LIST: ("absent", "—"),
}

_SAID = {
    Why.UNDATED: "收录了，没有注明公布日期",
    Why.WITHDRAWN: "收录过，撤下了",
    Why.NOT_LISTED: "那一年的应公开名单上没有它，档案里也没有",
    Why.NOT_THERE: "那一年没有这个单位，或还没有、不再单独报告",
    Why.NO_LIST: "尚未收录",
}


def mark(entry: Entry, listed: Expected | None = None) -> Mark:
    """The mark of a report, after the date it bears itself; `listed` is its unit's line in the county's list."""
    known = Known(
        entry.unit,
        kinds()[entry.kind],
        entry.year,
        entry.published,
        roll={entry.unit: listed} if listed else None,
    )
    return marked(standing(known, entry.year), known)


def marked(found: Standing, known: Known) -> Mark:
    """The mark of a unit in a year."""
    if found.why is Why.TIMED:
        return _timed(found, known.published or "")
    state, word = _MARKS[found.why]
    return Mark(state, word, _said(found, known), known.published is not None or known.withdrawn)


def _timed(found: Standing, published: str) -> Mark:
    said = f"{published} 公布，{day_of(found.limit)}"
    if found.state is State.ON_TIME:
        return Mark("on-time", "按时", said)
    state, word = ("late", "晚") if found.limit and found.limit.binding else ("after", "后")
    return Mark(state, f"{word} {found.late} 天", said)


def day_of(last: Limit | None) -> str:
    """The last day, in words."""
    if last is None:
        return "期限在下一年，没有写明哪天"
    return f"{'期限' if last.binding else '各地大多要求的日子'}是 {last.on}"


def _said(found: Standing, known: Known) -> str:
    if found.why is Why.MISSING:
        return f"应公开名单上有，{day_of(found.limit)}，档案里没有，可能在别处公布过"
    if found.why is Why.OPEN:
        return f"应公开名单上有，{day_of(found.limit)}，那一年还没有过完，暂不计"
    if found.why is Why.EARLY:
        return f"注明 {known.published} 公布，那时年度还没有结束"
    if found.why is Why.NO_DAY:
        return f"{known.published} 公布，没有已知的期限" if known.published else _SAID[Why.UNDATED]
    return _SAID[found.why]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a matrix: a unit, or one that only the list names and that has no page (`unit` is None then)."""

    id: str
    name: str
    unit: Unit | None
    marks: tuple[tuple[int, Mark], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The units of a county and those that its list names, their reports and those withdrawn, in the year `now`."""

    units: Sequence[Unit]
    entries: Sequence[Entry]
    withdrawn: Sequence[Withdrawn] = ()
    now: int = 0
    roll: Roll = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        """The newest first, from the first of which there is anything, to the last that was due at least."""
        some = {*(entry.year for entry in self.entries), *(gone.year for gone in self.withdrawn), *self.roll}
        return list(reversed(range(min(some), max(past_due(self.now), *some) + 1))) if some else []

    def known(self) -> Iterator[Known]:
        """What is known of each unit in each year, by unit, in order of their ids."""
        have = {(entry.unit, entry.year): entry for entry in self.entries}
        gone = {(one.unit, one.year) for one in self.withdrawn}
        years = self.years
        for id_, unit in self._units():
            own = lifetime(unit, [year for year in years if (id_, year) in have]) if unit else (None, None)
            yield from known_of(
                UnitFacts(id_, unit.kind.id if unit else "", *own), years, have, gone, self.roll
            )

    def _units(self) -> list[tuple[str, Unit | None]]:
        units: dict[str, Unit | None] = dict.fromkeys(names(self.roll))
        units |= {unit.id: unit for unit in self.units}
        return sorted(units.items(), key=lambda item: item[0])

    def lines(self) -> list[Line]:
        """The rows in order of the ids."""
        called, units = names(self.roll), dict(self._units())
        marks: dict[str, list[tuple[int, Mark]]] = {id_: [] for id_ in units}
        for known in self.known():
            marks[known.unit].append((known.year, marked(standing(known, self.now), known)))
        return [
            Line(id_, unit.name if unit else called[id_], unit, tuple(marks[id_]))
            for id_, unit in units.items()
        ]

    def unlisted(self) -> int:
        """How many units only the list names."""
        return sum(unit is None for _, unit in self._units())


def known_of(
    unit: UnitFacts,
    years: Iterable[int],
    entries: Mapping[tuple[str, int], Entry],
    withdrawn: Iterable[tuple[str, int]],
    roll: Roll = NO_ROLL,
) -> list[Known]:
    """What is known of a unit in each of these years."""
    gone, kind = frozenset(withdrawn), kinds().get(unit.kind)
    found = []
    for year in years:
        entry = entries.get((unit.id, year))
        found.append(
            Known(
                unit.id,
                kind,
                year,
                entry.published if entry else None,
                (unit.id, year) in gone,
                unit.there(year),
                roll.get(year),
            )
        )
    return found
