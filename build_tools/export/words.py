"""The words that stand in sheets again and again: a workbook holds them once, and cells name them by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from build_tools.forms import official
from build_tools.model import State
from build_tools.units import kinds, levels

_FIGURES = 100  # whole numbers from 0, as they are printed


@cache
def shared() -> Mapping[str, int]:
    """The number of each word, from 0; the same for all workbooks that this program makes."""
    return {word: number for number, word in enumerate(dict.fromkeys(_words()))}


def _words() -> Iterator[str]:
    yield from (state.value for state in State)
    for form in official().values():
        yield form.id
        for table in form.tables.values():
            yield table.id
            for row, line in table.lines.items():
                yield row
                yield from (column.id for column in line.columns)
    yield from (*kinds(), *levels())
    yield from map(str, range(_FIGURES))
