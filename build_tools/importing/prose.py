"""Lines of prose -> Markdown. No character is lost; where lines were broken by a page, they are joined again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from build_tools.importing.lines import Line
from build_tools.importing.parts import text_of

_STOPS = "。！？；：…”』」）)!?;:.*"
_NUMBERED = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}(?:是|[、.．])|\d{1,2}\s*[、.．](?!\d)|第[一二三四五六七八九十]+|[①-⑳]|[-*•·]\s"
)
_WITHIN = re.compile("[，。；,;]")
SHORT = 40
"""Characters of a line that may be a heading."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or heading."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Prose:
    """A section's text; `joined` are the places of lines that were joined to what stood before an empty line."""

    text: str
    joined: tuple[str, ...] = ()


def prose(lines: Sequence[Line]) -> Prose:
    """The prose of a section. What stands last in it is no heading."""
    pieces, joined = _joined(lines)
    texts = [
        f"### {piece.text}" if _heads(piece, last=i == len(pieces) - 1) else piece.text
        for i, piece in enumerate(pieces)
    ]
    return Prose("\n\n".join(texts), tuple(joined))


def _joined(lines: Iterable[Line]) -> tuple[list[Piece], list[str]]:
    pieces: list[Piece] = []
    joined: list[str] = []
    before: Line | None = None
    for line in lines:
        text = text_of(line).strip()
        if not text:
            continue
        if before and pieces and _goes_on(pieces[-1], before, line, text):
            pieces[-1] = Piece(_with(pieces[-1].text, text))
            if line.gap > 1 and not line.grid:
                joined.append(line.place)
        else:
            pieces.append(Piece(text, line.level))
        before = line
    return pieces, joined


def _goes_on(piece: Piece, before: Line, line: Line, text: str) -> bool:
    """Whether a line goes on with the paragraph: that was broken off in mid-sentence, and this begins nothing."""
    if piece.level or line.level or (before.whole and line.whole) or _NUMBERED.match(text):
        return False
    if piece.text[-1] in _STOPS:
        return False
    return _broken(piece.text)


def _broken(text: str) -> bool:
    """Whether a text without an end is a sentence: longer than a heading, or with a comma and without a number."""
    return (
        text[-1] in "，、," or len(text) > SHORT or (not _NUMBERED.match(text) and bool(_WITHIN.search(text)))
    )


def _with(before: str, after: str) -> str:
    """Two lines in one; words of Latin letters keep a space between them."""
    latin = before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha()
    return f"{before} {after}" if latin else before + after


def _heads(piece: Piece, *, last: bool) -> bool:
    """Whether a piece is a heading: one by the source's own word, or a short line without an end that more follows."""
    if piece.level:
        return True
    return not last and piece.text[-1] not in _STOPS and not _broken(piece.text) and "**" not in piece.text
