"""Photographs and scans: where they were taken, and by whom."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from build_tools.originals.facts import Kind, Trace

HEAD = 1 << 17
"""How much of a picture holds all that is looked at."""

_EXIF = b"Exif\0\0"
_APP1, _SCAN, _SEGMENTS, _ENTRIES = 0xE1, 0xDA, 64, 256
_ARTIST, _GPS, _LATITUDE, _ORIENTATION = 0x013B, 0x8825, 2, 0x0112
_LONGEST = 200


def picture(data: bytes) -> Iterator[Trace]:
    """What the Exif part of a JPEG file tells; nothing where there is none, or one that is damaged."""
    try:
        for segment in _segments(data[:HEAD]):
            if segment.startswith(_EXIF):
                yield from _exif(segment[len(_EXIF) :])
    except struct.error:
        return


def without_exif(data: bytes) -> bytes:
    """The picture without Exif and XMP, but for which way is up."""
    made, done = [data[:2]], 2
    try:
        for at, end in _spans(data):
            segment = data[at + 4 : end]
            exif = segment.startswith(_EXIF)
            made += [data[done:at], _upright(segment[len(_EXIF) :]) if exif else b""]
            done = end
    except struct.error:
        return data
    return b"".join([*made, data[done:]])


def _upright(tiff: bytes) -> bytes:
    """An Exif part that says which way is up; nothing if the one there was did not."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return b""
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    tags = _tags(tiff, order, first)
    if _ORIENTATION not in tags:
        return b""
    entry = tiff[tags[_ORIENTATION] : tags[_ORIENTATION] + 12]
    exif = _EXIF + tiff[:4] + struct.pack(f"{order}IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _segments(data: bytes) -> Iterator[bytes]:
    return (data[at + 4 : end] for at, end in _spans(data))


def _spans(data: bytes) -> Iterator[tuple[int, int]]:
    """From where to where the parts go that are told apart by their first bytes, those of Exif and XMP."""
    at = 2
    for _ in range(_SEGMENTS):
        mark, kind, length = struct.unpack_from(">BBH", data, at)
        if mark != 0xFF or kind == _SCAN or length < 2:  # noqa: PLR2004  # a mark, and the length of the length
            return
        if kind == _APP1:
            yield at, at + 2 + length
        at += 2 + length


def _exif(tiff: bytes) -> Iterator[Trace]:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    tags = _tags(tiff, order, first)
    if _ARTIST in tags:
        yield Trace(Kind.AUTHOR, _ascii(tiff, order, tags[_ARTIST]))
    if _GPS in tags:
        (at,) = struct.unpack_from(f"{order}I", tiff, tags[_GPS] + 8)
        if _LATITUDE in _tags(tiff, order, at):
            yield Trace(Kind.PLACE)


def _tags(tiff: bytes, order: str, at: int) -> dict[int, int]:
    """Where the entry of each tag of a directory stands."""
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    places = (at + 2 + 12 * one for one in range(min(count, _ENTRIES)))
    return {struct.unpack_from(f"{order}H", tiff, place)[0]: place for place in places}


def _ascii(tiff: bytes, order: str, entry: int) -> str:
    length, at = struct.unpack_from(f"{order}II", tiff, entry + 4)
    at = entry + 8 if length <= 4 else at  # noqa: PLR2004  # what is short stands in the entry itself
    return tiff[at : at + min(length, _LONGEST)].partition(b"\0")[0].decode("utf-8", "replace")
