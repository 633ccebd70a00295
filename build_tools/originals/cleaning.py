"""Copies of originals without names in their properties and without places of pictures. What is printed stays as it is.

Tracked changes and comments stay too: to settle them changes the document, and is for people to do.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable

from build_tools.originals import traces
from build_tools.originals.facts import Kind
from build_tools.originals.jpeg import without_exif
from build_tools.originals.office import PICTURE, PROPERTIES, beginning, names_at
from build_tools.originals.ole import texts_at
from build_tools.originals.pdf import strings_at

_MOST = 256 << 20
_BLANK = b" "
_KEPT = {Kind.REVISIONS, Kind.COMMENTS}


class UncleanError(Exception):
    """A file that cannot be cleaned; the message says in Chinese why."""


def cleaned(data: bytes) -> bytes:
    """The same file without names and places; the very bytes where there are none. Raises UncleanError."""
    if all(trace.kind in _KEPT for trace in traces(data)):
        return data
    found = _cleaned(data)
    left = [trace.kind for trace in traces(found) if trace.kind not in _KEPT]
    if left:
        raise UncleanError(f"去不掉{'、'.join(left)}，请用原来的程序打开，删去以后另存")
    return found


def _cleaned(data: bytes) -> bytes:
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(b"\xff\xd8"):
        return without_exif(data)
    if data.startswith(b"%PDF"):
        return _blanked(data, strings_at(data), hexadecimal=True)
    return _blanked(data, texts_at(data))


def _blanked(data: bytes, spans: Iterable[tuple[int, int]], *, hexadecimal: bool = False) -> bytes:
    """Blanks in the place of names, as long as they were, so that everything else stays where it is."""
    made = bytearray(data)
    for start, end in spans:
        in_figures = hexadecimal and made[start - 1 : start] == b"<" and made[end : end + 1] == b">"
        blank = b"20" * ((end - start + 1) // 2) if in_figures else _BLANK * (end - start)
        made[start:end] = blank[: end - start]
    return bytes(made)


def _packed(data: bytes) -> bytes:
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(made, "w") as file:
            room = _MOST
            for part in parts.infolist():
                text = beginning(parts, part, room + 1)
                room -= len(text)
                if room < 0:
                    raise UncleanError("文件展开以后太大")
                file.writestr(part, _part(part.filename, text))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UncleanError("文件有损坏或加了密") from error
    return made.getvalue()


def _part(name: str, text: bytes) -> bytes:
    if name in PROPERTIES:
        return _blanked(text, names_at(text))
    return without_exif(text) if PICTURE.fullmatch(name) else text
