"""Names of prefectures, counties and townships of the whole country, and where each lies. Read when first asked for."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LONGEST, SHORTEST = 12, 3
"""Characters of the names that are known; shorter ones are part of too many words, longer ones never looked for."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """By name the codes, `,` between, of the prefectures and counties that bear it or have a township that does."""

    names: Mapping[str, str]
    ends: frozenset[str]
    """The last characters of the names, SHORTEST of each."""

    def places(self, name: str) -> tuple[str, ...]:
        """Where there is such a place; empty where there is none."""
        found = self.names.get(name)
        return tuple(found.split(",")) if found else ()


@cache
def gazetteer() -> Gazetteer:
    """The names in the table, which `python -m tests.gazetteer_table` writes."""
    packed = files(__package__).joinpath("divisions.txt.gz").read_bytes()
    names: dict[str, str] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        code, *places = line.split(" ")
        here = dict.fromkeys(places, code)
        for name in names.keys() & here.keys():
            here[name] = f"{names[name]},{code}"
        names |= here
    return Gazetteer(names, frozenset(name[-SHORTEST:] for name in names))
