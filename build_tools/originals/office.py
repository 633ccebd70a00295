"""Word and Excel files of the newer kind: names in their properties, comments, tracked changes, places of pictures."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape

from build_tools.originals.facts import Kind, Trace
from build_tools.originals.jpeg import HEAD, picture

_PARTS = 5_000
_HEAD = 1 << 16
_DOCUMENT = 16 << 20
_PICTURES = 40

_NAMES = re.compile(rb"<(?:[a-z]{1,8}:)?(creator|lastModifiedBy|Manager)(?:\s[^<>]{0,200})?>([^<]{1,400})</")
_KINDS = {b"creator": Kind.AUTHOR, b"lastModifiedBy": Kind.EDITOR, b"Manager": Kind.MANAGER}
_CHANGED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|[a-z]{1,8}Change)\s[^<>]{0,200}w:author=")
_COMMENT = re.compile(rb"<(?:w:comment|(?:x:)?comment|threadedComment)\s")
_TEXTS = re.compile(r"word/(?:document|footnotes|endnotes|header\d{0,3}|footer\d{0,3})\.xml")
_COMMENTS = re.compile(r"word/comments\.xml|xl/comments\d{0,5}\.xml|xl/threadedComments/[^/]{1,80}\.xml")
PROPERTIES = ("docProps/core.xml", "docProps/app.xml")
"""The parts that name people."""
PICTURE = re.compile(r"(?:word|xl)/media/[^/]{1,120}\.jpe?g", re.IGNORECASE)
"""Photographs in a document."""


def office(data: bytes) -> Iterator[Trace]:
    """What a workbook or document tells of people; nothing of a file that is no such thing."""
    if data.count(b"PK\x01\x02") > _PARTS:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            yield from _traces(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return  # no such file, or encrypted


def _traces(parts: zipfile.ZipFile) -> Iterator[Trace]:
    pictures = 0
    for part in parts.infolist():
        name = part.filename
        if name in PROPERTIES:
            yield from named(beginning(parts, part, _HEAD))
        elif _TEXTS.fullmatch(name):
            if _CHANGED.search(beginning(parts, part, _DOCUMENT)):
                yield Trace(Kind.REVISIONS)
        elif name.startswith("xl/revisions/"):
            yield Trace(Kind.REVISIONS)
        elif _COMMENTS.fullmatch(name):
            if _COMMENT.search(beginning(parts, part, _HEAD)):
                yield Trace(Kind.COMMENTS)
        elif PICTURE.fullmatch(name) and (pictures := pictures + 1) <= _PICTURES:
            yield from (t for t in picture(beginning(parts, part, HEAD)) if not t.kind.named)


def named(text: bytes) -> Iterator[Trace]:
    """The names in a part that names people."""
    for match in _NAMES.finditer(text):
        yield Trace(_KINDS[match[1]], unescape(match[2].decode("utf-8", "replace")))


def names_at(text: bytes) -> Iterator[tuple[int, int]]:
    """Where the names stand in such a part."""
    return (match.span(2) for match in _NAMES.finditer(text))


def beginning(parts: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """The beginning of a part, at most so many bytes: what its head says of its size is not believed."""
    with parts.open(part) as stream:
        return stream.read(most)
