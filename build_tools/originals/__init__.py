"""Archived originals: their fingerprint, and traces of the people who made them. Pure: bytes in, facts out.

Every reader is bounded: what lies beyond its limits, is encrypted or packed in a way of its own, is not seen.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from build_tools.originals.facts import Kind, Original, Trace
from build_tools.originals.jpeg import picture
from build_tools.originals.nobody import nobody
from build_tools.originals.office import office
from build_tools.originals.ole import ole
from build_tools.originals.pdf import pdf

__all__ = ["Kind", "Original", "Trace", "original", "traces"]

_READERS: tuple[tuple[bytes, Callable[[bytes], Iterator[Trace]]], ...] = (
    (b"PK\x03\x04", office),
    (b"%PDF-", pdf),
    (b"\xff\xd8\xff", picture),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ole),
)
"""What files begin with, and who reads them."""


def original(data: bytes) -> Original:
    """What is known of the original with these bytes."""
    wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))  # half of its bytes may be noughts
    text = (wide or b"\0" not in data[:_LOOK]) and not _packed(data)
    return Original(sha256(data).hexdigest(), traces(data), text)


def _packed(data: bytes) -> bool:
    return data.startswith(tuple(head for head, _ in _READERS))


_LOOK = 1 << 13


def traces(data: bytes) -> tuple[Trace, ...]:
    """What a file tells of people, each thing once; names of machines and offices are no people."""
    found = (trace for head, reader in _READERS if data.startswith(head) for trace in reader(data))
    return tuple(sorted(set(_people(found))))


def _people(found: Iterable[Trace]) -> Iterator[Trace]:
    for trace in found:
        name = " ".join(trace.name.split())
        if not trace.kind.named:
            yield Trace(trace.kind)
        elif not nobody(name):
            yield Trace(trace.kind, name)
