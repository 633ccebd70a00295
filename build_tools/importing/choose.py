"""Readings of one table in several forms -> the form it is in, by the words that one form prints and others do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_tools.form import Form
from build_tools.forms import official
from build_tools.importing.labels import key, labels_of
from build_tools.importing.lines import Line
from build_tools.importing.reading import Reading
from build_tools.importing.table import read_table

LONGEST = 80
"""Characters of the longest label, with room."""

FEWEST = 2
"""Rows that must be found of a table: one row's name alone may stand in any text."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The readings that hold, by the table's key, each with its form; `undecided`: the keys of tables that fit several."""

    readings: Mapping[str, tuple[Form, Reading]]
    undecided: tuple[str, ...] = ()

    @property
    def main(self) -> Form | None:
        """The newest of the forms."""
        forms = [form for form, _ in self.readings.values()]
        return max(forms, key=lambda form: form.first or 0) if forms else None


def choose(lines: Sequence[Line], forms: Mapping[str, Form] | None = None) -> Chosen:
    """Read every table in every form and keep what fits; a table that fits several follows the others."""
    words = _words(lines)
    found: dict[str, list[tuple[Form, Reading]]] = {}
    for form in (forms or official()).values():
        for table in form.tables.values():
            reading = read_table(lines, table)
            if len(reading.rows) >= min(FEWEST, len(table.lines)):
                found.setdefault(table.key, []).append((form, reading))
    best = {name: _best(candidates, words) for name, candidates in found.items()}
    sure = {name: kept[0] for name, kept in best.items() if len(kept) == 1}
    taken = {form.id for form, _ in sure.values()}
    chosen, undecided = dict[str, tuple[Form, Reading]](), list[str]()
    for name, kept in best.items():
        same = [one for one in kept if one[0].id in taken]
        chosen[name] = max(same or kept, key=lambda one: one[0].first or 0)
        if len(kept) > 1 and not same:
            undecided.append(name)
    return Chosen(chosen, tuple(undecided))


def _words(lines: Sequence[Line]) -> frozenset[str]:
    """What stands in cells, and in two cells one after the other."""
    texts = [
        key(cell.text) for line in lines for cell in line.cells if cell.text and len(cell.text) <= LONGEST
    ]
    return frozenset(texts) | {a + b for a, b in pairwise(texts)}


def _best(candidates: Sequence[tuple[Form, Reading]], words: frozenset[str]) -> list[tuple[Form, Reading]]:
    """Those that no other beats."""
    return [a for a in candidates if not any(_beats(b[1], a[1], words) for b in candidates if b is not a)]


def _beats(a: Reading, b: Reading, words: frozenset[str]) -> bool:
    """Whether more of what only `a` prints is there; or as much, while rows that only `b` has were passed over."""
    own, other = labels_of(a.form).words, labels_of(b.form).words
    mine, theirs = len(words & (own - other)), len(words & (other - own))
    if mine != theirs:
        return mine > theirs
    return len(_skipped(a)) < len(_skipped(b))


def _skipped(reading: Reading) -> list[str]:
    """Rows that were not found, though later ones were."""
    order = list(reading.form.lines)
    last = max((order.index(row) for row in reading.rows), default=-1)
    return [row for row in order[:last] if row not in reading.rows]
