"""Reads the index's files as their description says, without the code that writes them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Index:
    """The index of a built site."""

    folder: Path

    @cached_property
    def start(self) -> dict[str, Any]:
        (file,) = self.folder.glob("start-*.bin")
        data: dict[str, Any] = json.loads(gzip.decompress(file.read_bytes()))
        return data

    @cached_property
    def units(self) -> dict[int, tuple[str, list[int]]]:
        """By number a unit's id and the years of its reports."""
        start, found = self.start, {}
        rests = iter(zip(start["ids"].split(","), start["years"], strict=True) if start["ids"] else ())
        for county, count, base in start["counties"]:
            for rank, (rest, mask) in zip(range(count), rests, strict=False):
                years = [start["year"] + bit for bit in range(mask.bit_length()) if mask >> bit & 1]
                found[base + rank] = (county + rest, years)
        return found

    @cached_property
    def terms(self) -> dict[str, list[set[str]]]:
        """By term and zone the reports that hold it."""
        files = self.files()
        firsts = self.start["firsts"].split("\n") if files else []
        found: dict[str, list[set[str]]] = {}
        for first, file in zip(firsts, files, strict=True):
            shard = dict(self._shard(gzip.decompress((self.folder / file).read_bytes())))
            assert next(iter(shard)) == first
            found |= shard
        assert list(found) == sorted(found, key=lambda term: term.encode("utf-16-be"))
        return found

    def files(self) -> list[str]:
        """The shards' files in the order of their terms."""
        names = self.start["shards"]
        return [f"{names[i : i + 8]}.bin" for i in range(0, len(names), 8)]

    def all(self) -> set[str]:
        """Every report in the index: `330411103/2020`."""
        return {f"{unit}/{year}" for unit, years in self.units.values() for year in years}

    def find(self, term: str) -> list[set[str]]:
        """By zone the reports that hold a term."""
        return self.terms.get(term, [set(), set(), set(), set()])

    def _shard(self, data: bytes) -> Iterator[tuple[str, list[set[str]]]]:
        assert data[:4] == b"NBS1"
        reader = _Reader(data, 4)
        terms: list[str] = []
        for _ in range(reader.number()):
            shared = reader.number()
            terms.append((terms[-1][:shared] if shared else "") + reader.take(reader.number()).decode())
        sizes = [reader.number() for _ in terms]
        for term, size in zip(terms, sizes, strict=True):
            bits = _Bits("".join(f"{byte:08b}" for byte in reader.take(size)))
            zones = [2] if bits.take(1) else [zone for zone in range(4) if bits.take(1)]
            yield term, [self._list(bits) if zone in zones else set() for zone in range(4)]
            assert not bits.left.strip("0")
            assert len(bits.left) < 8
        assert reader.at == len(data)

    def _list(self, bits: _Bits) -> set[str]:
        others, found = bits.take(1), set()
        count = bits.gamma() - others
        low = bits.take(5) if count > 1 else 0
        unit = -1
        for _ in range(count):
            gap = (
                ((bits.gamma() - 1) << low) | bits.take(low) if count > 1 else bits.take(self.start["width"])
            )
            unit += gap + 1
            id_, years = self.units[unit]
            mask = bits.mask(len(years))
            found |= {f"{id_}/{year}" for bit, year in enumerate(years) if mask >> bit & 1}
        return self.all() - found if others else found


@dataclass
class _Bits:
    left: str

    def take(self, count: int) -> int:
        assert len(self.left) >= count
        head, self.left = self.left[:count], self.left[count:]
        return int(head, 2) if head else 0

    def gamma(self) -> int:
        zeros = len(self.left) - len(self.left.lstrip("0"))
        return self.take(2 * zeros + 1)

    def mask(self, count: int) -> int:
        if count == 1:
            return 1
        if not self.take(1):
            return 1 << self.one_of(count)
        return self.take(count) if self.take(1) else (1 << count) - 1

    def one_of(self, count: int) -> int:
        width = (count - 1).bit_length()
        short = (1 << width) - count
        value = self.take(width - 1)
        return value if value < short else (value << 1 | self.take(1)) - short


@dataclass
class _Reader:
    data: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        self.at += count
        assert self.at <= len(self.data)
        return self.data[self.at - count : self.at]

    def number(self) -> int:
        value = shift = 0
        while True:
            (byte,) = self.take(1)
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value
