"""Lists of who had to publish, counted by year, as pages tell them; and the matrix of a county as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.expected import Roll
from build_tools.export.lines import Value, csv_line
from build_tools.render.coverage import Matrix
from build_tools.standing import Count, Counts, standing

COVERAGE = "coverage.csv"
"""The matrix of a county as a file, beside its page."""

COLUMNS = ("unit", "year", "name", "state", "why", "published", "due", "late", "listed", "basis")
"""Its first line."""

_GROUNDS = 3  # so many different grounds of a year's list are named


@dataclass(frozen=True, slots=True)
class ListLine:
    """A year: how those on its lists stand, which share of the reports there is, on what ground they had to publish."""

    year: int
    count: Count
    share: str
    basis: str


def list_lines(counts: Counts, roll: Roll) -> list[ListLine]:
    """The years that have lists, newest first; the grounds of those in `roll`."""
    return [
        ListLine(year, count, _share(count.reports, count.units), _grounds(roll, year))
        for year, count in sorted(counts.items(), reverse=True)
    ]


def _share(part: int, whole: int) -> str:
    """In percent, rounded down to a tenth: nothing but all is all."""
    if not whole:
        return ""
    tenths = 1000 * part // whole
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def _grounds(roll: Roll, year: int) -> str:
    found = list(dict.fromkeys(one.basis for one in roll.get(year, {}).values()))
    more = f"等 {len(found)} 件" if len(found) > _GROUNDS else ""
    return "；".join(found[:_GROUNDS]) + more


def coverage_csv(matrix: Matrix) -> str:
    """The matrix, a line for each unit and year: how it stands, why, and what that rests on."""
    return "".join(map(csv_line, (COLUMNS, *_rows(matrix))))


def _rows(matrix: Matrix) -> Iterator[tuple[Value, ...]]:
    names = {row.id: row.name for row in matrix.lines()}
    for known in matrix.known():
        found, listed = standing(known, matrix.now), known.listed
        yield (
            known.unit,
            known.year,
            names[known.unit],
            found.state.value,
            found.why.value,
            known.published or None,
            found.limit.on if found.limit else None,
            found.late if known.published and found.limit else None,
            None if known.roll is None else "yes" if listed else "no",
            found.limit.basis if found.limit else listed.basis if listed else None,
        )
