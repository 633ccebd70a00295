"""What if the cells of table 3 stood otherwise? Trying the declared relations on a rearranged copy.

For hints only: nothing is ever rearranged in the archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from build_tools.model import Cell, Table
from build_tools.rules.aids.relations import tried
from build_tools.rules.aids.spots import look_through
from build_tools.rules.aids.trial import Trial, Verdict
from build_tools.rules.view import View

ROW_SUM = "T3-ROW-SUM"
COLUMN_SUMS = ("T3-COL-BALANCE", "T3-RESULT-SUM")
CARRIED = ("XY-CARRY", "XY-CARRY-COL")
SUMS = (ROW_SUM, *COLUMN_SUMS)

Rows = Mapping[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the identities of table 3 under `rules` fare: those that fail, and how many cannot be tried."""

    table: Table
    last: Table | None
    rules: tuple[str, ...]
    broken: tuple[Trial, ...]
    unknown: int

    def breaks(self, rule: str) -> tuple[Trial, ...]:
        """The failures of one rule."""
        return tuple(trial for trial in self.broken if trial.relation.rule == rule)

    def mended_by(self, rows: Rows) -> bool:
        """Whether with these rows in place of its own the table is sound, and as well known as before."""
        if not all(_touches(trial, rows) for trial in self.broken):
            return False  # what fails without them fails with them
        after = look_through(replace(self.table, rows={**self.table.rows, **rows}))
        unknown = 0
        for trial in tried(after, self.last, self.rules):
            if trial.verdict is Verdict.FAILS:
                return False
            unknown += trial.verdict is Verdict.UNKNOWN
        return unknown <= self.unknown


def standing(view: View, rules: tuple[str, ...]) -> Standing | None:
    """How these identities fare in table 3; None where there is no such table or nothing fails."""
    table = view.report.tables.get("t3")
    fared = [trial for rule in rules for trial in view.trials.get(rule, ()) if trial.table is table]
    broken = tuple(trial for trial in fared if trial.verdict is Verdict.FAILS)
    if table is None or not broken:
        return None
    unknown = sum(trial.verdict is Verdict.UNKNOWN for trial in fared)
    return Standing(table, view.last_table("t3"), rules, broken, unknown)


def _touches(trial: Trial, rows: Rows) -> bool:
    relation = trial.relation
    if relation.along == "rows":
        return trial.key in rows
    return any(term.id in rows and not term.last for term in (*relation.left, *relation.right))
