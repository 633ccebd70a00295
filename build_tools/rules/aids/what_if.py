"""What if the cells of table 3 stood otherwise? Trying the declared relations on a rearranged copy.

For hints only: nothing is ever rearranged in the archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from build_tools.model import Cell, Table
from build_tools.rules.aids.relations import trials_of
from build_tools.rules.aids.trial import Trial, Verdict

ROW_SUM = "T3-ROW-SUM"
COLUMN_SUMS = ("T3-COL-BALANCE", "T3-RESULT-SUM")
CARRIED = ("XY-CARRY", "XY-CARRY-COL")
SUMS = (ROW_SUM, *COLUMN_SUMS)

Rows = Mapping[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the identities under `rules` fare: those that fail, and how many cannot be tried."""

    broken: tuple[Trial, ...]
    unknown: int
    rules: tuple[str, ...]

    def breaks(self, rule: str) -> tuple[Trial, ...]:
        """The failures of one rule."""
        return tuple(trial for trial in self.broken if trial.relation.rule == rule)


def standing(table: Table, last: Table | None, rules: tuple[str, ...]) -> Standing:
    """Try these identities of the table."""
    fared = [(trial, trial.verdict) for rule in rules for trial in trials_of(table, last, rule)]
    return Standing(
        tuple(trial for trial, verdict in fared if verdict is Verdict.FAILS),
        sum(verdict is Verdict.UNKNOWN for _, verdict in fared),
        rules,
    )


def mends(rows: Rows, table: Table, last: Table | None, now: Standing) -> bool:
    """Whether with these rows in place of its own the table is sound, and as well known as before."""
    after = standing(replace(table, rows={**table.rows, **rows}), last, now.rules)
    return not after.broken and after.unknown <= now.unknown
