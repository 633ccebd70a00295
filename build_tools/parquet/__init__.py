"""The cells of a slice as Parquet, in a process of its own: the library takes 60 MB and stays where it was loaded.

So what such a process is to do comes to it with nothing else of this program: packs are read, all that is known of
forms is handed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Shape(NamedTuple):
    """The columns, each with its type as the dictionary has it; by name of each table (`t3_2021`) its cells' places.

    A place is form, table, row and column. Tables stand in the order in which a report has them.
    """

    columns: tuple[tuple[str, str], ...]
    places: Mapping[str, tuple[tuple[str, str, str, str], ...]]


class Wanted(NamedTuple):
    """A file to be made: out of which packs, in order; of which year, or of all."""

    packs: tuple[Path, ...]
    year: int | None
    target: Path


def make_parquet(shape: Shape, wanted: Wanted) -> None:
    """Make a file; its folder is made too."""
    from build_tools.parquet.writing import write_parquet  # noqa: PLC0415  # not in every process, see above

    wanted.target.parent.mkdir(parents=True)
    write_parquet(shape, wanted)
