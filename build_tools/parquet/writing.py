"""Writes cells as Parquet with pyarrow, row group by row group, so that memory does not grow.

A cell is two numbers here: its place in a form, and what stands in it. Of either there are few that differ, so each is
told to the library once in a row group.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from build_tools import packs
from build_tools.parquet import Shape, Wanted

_GROUP = 1 << 16  # cells in a row group, or some more

_WORD = pa.dictionary(pa.int32(), pa.string())
_TYPES = {"string": _WORD, "integer": pa.int16(), "number": pa.float64()}

_CODES = {pa.int16(): "h", pa.int32(): "i", pa.float64(): "d"}
"""What an array of Python calls numbers of a type."""

_Kind = int | tuple[float | None, str, str, str]
"""What stands in a cell: a whole number printed like one, or value, print, state and findings."""

# The library's own way of taking memory is faster by little and keeps 20 MB more of what it was given.
pa.set_memory_pool(pa.system_memory_pool())


def write_parquet(shape: Shape, wanted: Wanted) -> None:
    """Write the cells of packs in the order of reports, texts as they are printed."""
    schema = pa.schema([(name, _TYPES[type_]) for name, type_ in shape.columns])
    with pq.ParquetWriter(wanted.target, schema, compression="zstd", compression_level=1) as out:
        group = _Group(shape)
        for line in _lines(wanted):
            group.add(line)
            if len(group.kinds) >= _GROUP:
                out.write_table(group.table(schema))
                group = _Group(shape)
        if group.kinds:
            out.write_table(group.table(schema))


def _lines(wanted: Wanted) -> Iterator[bytes]:
    for path in wanted.packs:
        with path.open("rb") as file:
            for share in packs.read(file, wanted.year):
                if packs.FIGURES in share.segments:
                    yield share.segments[packs.FIGURES].held()


class _Known(NamedTuple):
    """Of a table the numbers of its places, and which of its places each row and column is."""

    numbers: array[int]
    at: Mapping[tuple[str, str], int]


class _Numbers(dict[Any, int]):
    """Things numbered from 0 as they first occur."""

    def __missing__(self, key: object) -> int:
        number = self[key] = len(self)
        return number


class _Group:
    """A row group as it grows: of each cell the number of its report, of its place, and of what stands in it."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.reports, self.places, self.kinds = array("i"), array("i"), array("i")
        self._told: list[tuple[str, int]] = []
        self._kinds = _Numbers()
        self._known = _numbered(shape)

    def add(self, line: bytes) -> None:
        """Take in the reports of a line of figures."""
        told = json.loads(line)
        odd = defaultdict[tuple[int, str], list[Any]](list)
        for number, table, *cell in told["odd"]:
            odd[number, table].append(cell)
        for number, tables in enumerate(_by_report(told, self.shape)):
            before = len(self.kinds)
            for name, figures in tables:
                self._add(name, figures, odd.get((number, self.shape.places[name][0][1]), ()))
            self.reports.extend(array("i", [len(self._told)]) * (len(self.kinds) - before))
            self._told.append(tuple(told["reports"][number][:2]))

    def _add(self, name: str, figures: list[Any], odd: Iterable[Any]) -> None:
        numbers, at = self._known[name]
        for row, column, *rest in odd:
            place = at[row, column]
            figures[place] = (figures[place], *rest)
        self.places.extend(numbers)
        self.kinds.extend(map(self._kinds.__getitem__, figures))

    def table(self, schema: pa.Schema) -> pa.Table:
        """The row group."""
        told = (
            (self._told, self.reports),
            (list(chain(*self.shape.places.values())), self.places),
            (list(map(_told, self._kinds)), self.kinds),
        )
        columns = [(values, numbers) for rows, numbers in told for values in zip(*rows, strict=True)]
        made = [_column(field.type, *column) for field, column in zip(schema, columns, strict=True)]
        return pa.Table.from_arrays(made, schema=schema)


def _numbered(shape: Shape) -> dict[str, _Known]:
    start, found = 0, dict[str, _Known]()
    for name, places in shape.places.items():
        own = {(row, column): at for at, (_, _, row, column) in enumerate(places)}
        found[name] = _Known(array("i", range(start, start + len(places))), own)
        start += len(places)
    return found


def _by_report(told: Mapping[str, Any], shape: Shape) -> list[list[tuple[str, list[Any]]]]:
    """The tables of each report in order, each with its figures."""
    found: list[list[tuple[str, list[Any]]]] = [[] for _ in told["reports"]]
    for name in shape.places:
        for number, *figures in told["tables"].get(name, ()):
            found[number].append((name, figures))
    return found


def _told(kind: _Kind) -> tuple[float | None, str, str, str]:
    if isinstance(kind, tuple):
        value, raw, state, flags = kind
        return None if value is None else float(value), raw, state, flags
    return float(kind), str(kind), "number", ""


def _column(type_: pa.DataType, values: Sequence[Any], numbers: array[int]) -> pa.Array:
    at = pa.Array.from_buffers(pa.int32(), len(numbers), [None, pa.py_buffer(numbers)])
    if type_ != _WORD:
        return _numbers(type_, values).take(at)
    words = _Numbers()
    which = _numbers(pa.int32(), [words[value] for value in values])
    return pa.DictionaryArray.from_arrays(which.take(at), _words(list(words)))


# The library's own way to take in lists loads pandas, where it is installed: 50 MB for nothing.


def _numbers(type_: pa.DataType, values: Sequence[float | None]) -> pa.Array:
    known = "".join("0" if value is None else "1" for value in reversed(values))
    there = int(known or "0", 2).to_bytes(len(values) // 8 + 1, "little")
    held = array(_CODES[type_], [0 if value is None else value for value in values])
    return pa.Array.from_buffers(type_, len(held), [pa.py_buffer(there), pa.py_buffer(held)])


def _words(values: Sequence[str]) -> pa.Array:
    data = [value.encode() for value in values]
    ends = array("i", accumulate(map(len, data), initial=0))
    return pa.StringArray.from_buffers(len(data), pa.py_buffer(ends), pa.py_buffer(b"".join(data)))
