"""What the rules found in many reports: how many reports bear notes, how often each rule spoke or could not be tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from build_tools.facts import CountyFacts

Mark = Literal["clean", "error", "warning", "waived"]
"""What a report bears: nothing, or notes of a sort; one may bear several sorts."""


@dataclass(slots=True)
class Quality:
    """Counts for a region.

    `reports` by year; `marks` of reports by year and mark; `open` and `waived` findings by rule, severity and year;
    `untried` reports by rule and year.
    """

    reports: Counter[int] = field(default_factory=Counter)
    marks: Counter[tuple[int, Mark]] = field(default_factory=Counter)
    open: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    waived: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    untried: Counter[tuple[str, int]] = field(default_factory=Counter)

    def add(self, other: Quality) -> None:
        """Take in another region."""
        self.reports.update(other.reports)
        self.marks.update(other.marks)
        self.open.update(other.open)
        self.waived.update(other.waived)
        self.untried.update(other.untried)

    def marked(self, mark: Mark) -> int:
        """How many reports bear a mark."""
        return sum(count for (_, borne), count in self.marks.items() if borne == mark)


def quality(facts: CountyFacts) -> Quality:
    """A county."""
    found = Quality()
    for entry in facts.entries:
        found.reports[entry.year] += 1
        borne: dict[Mark, int] = {"error": entry.errors, "warning": entry.warnings, "waived": entry.waived}
        marks: list[Mark] = [mark for mark, count in borne.items() if count] or ["clean"]
        found.marks.update((entry.year, mark) for mark in marks)
    for rule in facts.rules:
        key = (rule.rule, rule.severity, rule.year)
        found.open[key] += rule.open
        found.waived[key] += rule.waived
    found.untried.update({(one.rule, one.year): one.reports for one in facts.untried})
    return found


def as_json(quality: Quality) -> list[Any]:
    """The counts as JSON has them."""
    counters = (quality.marks, quality.open, quality.waived, quality.untried)
    return [sorted(quality.reports.items()), *(_flat(counter) for counter in counters)]


def _flat(counter: Counter[Any]) -> list[Any]:
    return [[*key, count] for key, count in sorted(counter.items()) if count]


def heard(data: Sequence[Any]) -> Quality:
    """The counts that `as_json` told."""
    reports, *rest = data
    return Quality(
        Counter(dict(reports)), *(Counter({tuple(key): count for *key, count in rows}) for rows in rest)
    )
