"""PDF files: authors in plain properties and in XMP. What is encrypted or in a compressed object is not seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from build_tools.originals.facts import Kind, Trace

_KEY = re.compile(rb"/Author[\x00\t\n\f\r ]{0,20}(?=[(<])")
_XMP = re.compile(
    rb"<dc:creator>\s{0,200}<rdf:(?:Seq|Bag|Alt)>\s{0,200}<rdf:li(?:\s[^<>]{0,100})?>([^<]{1,400})<"
    rb"|<pdf:Author>([^<]{1,400})<|pdf:Author=\"([^\"<]{1,400})\""
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")
_ESCAPED = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r\n": b"",
    b"\r": b"",
}
_LONGEST = 1_000
_MOST = 20
_MARKS = ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8"))


def pdf(data: bytes) -> Iterator[Trace]:
    """The authors that the file names, of all its versions."""
    for start, end in _strings(data):
        yield Trace(Kind.AUTHOR, _text(_string(data[start - 1 : end + 1])))
    for start, end in _elements(data):
        yield Trace(Kind.AUTHOR, unescape(data[start:end].decode("utf-8", "replace")))


def strings_at(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the names stand, without the brackets."""
    yield from _strings(data)
    yield from _elements(data)


def _strings(data: bytes) -> Iterator[tuple[int, int]]:
    if b"/Author" in data and b"/Encrypt" not in data:
        for _, match in zip(range(_MOST), _KEY.finditer(data), strict=False):
            start = match.end()
            raw = data[start : start + _LONGEST]
            end = raw.find(b">") if raw.startswith(b"<") else _end(raw)
            if end > 0 and not raw.startswith(b"<<"):
                yield start + 1, start + end


def _elements(data: bytes) -> Iterator[tuple[int, int]]:
    if b"dc:creator" in data or b"pdf:Author" in data:
        for _, match in zip(range(_MOST), _XMP.finditer(data), strict=False):
            yield match.span(match.lastindex or 0)


def _string(raw: bytes) -> bytes:
    """What a string in round or in angle brackets says."""
    if raw.startswith(b"<"):
        digits = bytes(raw[1:-1].translate(None, b"\t\n\f\r "))
        return bytes.fromhex(digits.decode("ascii")) if re.fullmatch(rb"(?:[0-9A-Fa-f]{2})*", digits) else b""
    return _ESCAPE.sub(_unescaped, raw[1:-1])


def _end(raw: bytes) -> int:
    depth, at = 0, 0
    while at < len(raw):
        char = raw[at : at + 1]
        depth += (char == b"(") - (char == b")")
        if depth == 0:
            return at
        at += 2 if char == b"\\" else 1
    return 0  # it does not end: no string


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1][:1].isdigit() and match[1][:1] < b"8":
        return bytes([int(match[1], 8) & 0xFF])
    return _ESCAPED.get(match[1], match[1])


def _text(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""
