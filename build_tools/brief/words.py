"""How numbers, lists and what is no number are put into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from build_tools.indicators import Number, Reading
from build_tools.model import State

LONGEST = 12
"""How many characters of what is printed in a cell are quoted."""

OTHER = "其他"
"""The one label of a column that cannot stand alone in a sentence."""


class Said(NamedTuple):
    """A sentence without its full stop. `rules`: the rules whose notes say more, where figures contradict."""

    text: str
    rules: tuple[str, ...] = ()


class Odd(NamedTuple):
    """A figure that is no number: its label, its reading, and whether it is a sum of several cells."""

    label: str
    reading: Reading
    summed: bool = False


def count(value: Number, unit: str = "件") -> str:
    """A number with what it counts, in plain digits: 3件, 3.2万元."""
    return f"{value}{unit}" if isinstance(value, int) else f"{value.normalize():f}{unit}"


def counts(pairs: Iterable[tuple[str, Number]]) -> str:
    """自然人3件、商业企业1件: what there is, without noughts."""
    return "、".join(f"{label}{count(value)}" for label, value in pairs if value)


def percent(part: Number, whole: Number) -> str:
    """The share of a part that is neither nothing nor all; it is never rounded to either."""
    share = int(200 * part / whole + 1) // 2
    return f"{min(max(share, 1), 99)}%"


def listed(labels: Sequence[str]) -> str:
    """行政许可、行政处罚决定: labels that end alike have the end in common once."""
    end = labels[0] if len(labels) > 1 else ""
    while not all(label.endswith(end) for label in labels):
        end = end[1:]
    return "、".join(label.removesuffix(end) for label in labels) + end


def quoted(labels: Iterable[str]) -> str:
    """“甲”“乙”."""
    return "".join(f"“{label}”" for label in labels)


def short(raw: str) -> str:
    """What is printed in a cell, as far as it is quoted."""
    return raw if len(raw) <= LONGEST else f"{raw[:LONGEST]}……"


def odds(found: Sequence[Odd]) -> str:
    """What is no number, the same together: “甲”“乙”是空白，“丙”印作“/”."""
    ways: dict[str, list[str]] = {}
    for odd in found:
        ways.setdefault(_how(odd), []).append(odd.label)
    return "，".join(f"{quoted(labels)}{how}" for how, labels in ways.items())


def _how(odd: Odd) -> str:
    state = odd.reading.state
    if state is State.BLANK:
        return "里有空白" if odd.summed else "是空白"
    if state is State.MISSING:
        return "在我们的副本里不全" if odd.summed else "在我们的副本里缺失"
    return f"{'里有一格' if odd.summed else ''}印作“{short(odd.reading.raw)}”"
