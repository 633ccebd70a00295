"""Word and Excel files of the older kind. Only their properties are read: they lie in one piece, under a known name."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from build_tools.originals.facts import Kind, Trace

_SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")  # the name of the set of properties
_HEAD = 28  # what stands before it
_KINDS = {4: Kind.AUTHOR, 8: Kind.EDITOR}
_CODEPAGE = 1
_CODEPAGES = {65001: "utf-8", 1200: "utf-16-le"}
_MOST = 64
_LONGEST = 400
_BYTES, _WIDE = 0x1E, 0x1F  # kinds of texts


def ole(data: bytes) -> Iterator[Trace]:
    """The names in the properties; nothing where they are torn or damaged."""
    for kind, (start, end), encoding in _names(data):
        yield Trace(kind, data[start:end].decode(encoding, "replace").partition("\0")[0])


def texts_at(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the names stand, without the nought at their end."""
    for _, (start, end), encoding in _names(data):
        text = data[start:end].decode(encoding, "replace").partition("\0")[0]
        yield start, min(start + len(text.encode(encoding, "replace")), end)


_Name = tuple[Kind, tuple[int, int], str]


def _names(data: bytes) -> list[_Name]:
    """The names with their kind, place and encoding."""
    at = data.find(_SUMMARY)
    try:
        return list(_properties(data, at)) if at >= _HEAD else []
    except struct.error:
        return []


def _properties(data: bytes, at: int) -> Iterator[_Name]:
    (offset,) = struct.unpack_from("<I", data, at + len(_SUMMARY))
    section = at - _HEAD + offset
    _, count = struct.unpack_from("<II", data, section)
    places = dict(struct.unpack_from("<II", data, section + 8 + 8 * one) for one in range(min(count, _MOST)))
    page = 0
    if _CODEPAGE in places:
        (page,) = struct.unpack_from("<H", data, section + places[_CODEPAGE] + 4)
    for id_, kind in _KINDS.items():
        if id_ in places:
            yield from _text(data, section + places[id_], page, kind)


def _text(data: bytes, at: int, page: int, kind: Kind) -> Iterator[_Name]:
    sort, length = struct.unpack_from("<II", data, at)
    if sort == _WIDE:
        yield kind, (at + 8, at + 8 + 2 * min(length, _LONGEST)), "utf-16-le"
    elif sort == _BYTES:
        encoding = _CODEPAGES.get(page, "gb18030")
        yield kind, (at + 8, at + 8 + min(length, _LONGEST)), encoding
