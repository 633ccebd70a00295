"""Prose that needs no parser: paragraphs, headings, simple lists, bold words. Most reports hold nothing else.

Read here is only what certainly means what `markdown` would make of it; all else is left to its parser, and a
test holds the two against each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise
from operator import itemgetter

IDEOGRAPHIC_SPACE = "\u3000"

# Within a word `_` means nothing, nor do brackets without an address: both stand in many an address and number.
_CHARACTERS = r"[^\\*_\]<\t\r\n\x00]*"
_WORDS = rf"{_CHARACTERS}(?:(?:(?<=[^\W_])_(?=[^\W_])|\](?!\()){_CHARACTERS})*"
# No line that begins or ends with a character that means something there.
_START = r"(?![#>+\-]|[^\S\u3000]|\d{1,9}[.)](?:[ ]|$))"
_LINE = rf"{_START}{_WORDS}(?<![ ])"
_PLAIN = re.compile(rf"{_LINE}(?:\n{_LINE})*", re.MULTILINE)
_BOLD = re.compile(rf"{_START}{_WORDS}(?:(?<!\*)\*\*(?!\*){_WORDS})*(?<![ ])")
_MARKER = re.compile(
    r"(?P<heading>#{1,6})[ ]+|(?P<number>[0-9]{1,9})(?P<behind>[.)])[ ]|(?P<bullet>[-+*])[ ]"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The lines of a paragraph, stars and all."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level from 1 to 6."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list. `numbers` are those of an ordered list, as printed, with `mark` behind them; else it is the bullet."""

    texts: tuple[str, ...]
    numbers: tuple[str, ...]
    mark: str


Piece = Paragraph | Heading | Listing


@lru_cache(maxsize=256)  # the page, the JSON and the search each read the prose of a report
def runs(text: str) -> tuple[Piece | str, ...]:
    """The prose in pieces, and as text what needs the parser.

    Where a list or something unknown stands on both sides of a blank line, the parser has to see both.
    """
    split = re.split(r"\n(?:[ ]*\n)+", text.strip("\n "))
    if all(map(_is_plain, split)):
        return tuple(map(Paragraph, split))
    known = [(block, _read(block)) for block in split]
    unread = [not pieces for _, pieces in known]
    for at, ((_, above), (_, below)) in enumerate(pairwise(known)):
        if (unread[at] or isinstance(above[-1], Listing)) and (
            unread[at + 1] or isinstance(below[0], Listing)
        ):
            unread[at] = unread[at + 1] = True
    found: list[Piece | str] = []
    for parsed, run in groupby(zip(unread, known, strict=True), key=itemgetter(0)):
        if parsed:
            found.append("\n\n".join(block for _, (block, _) in run))
        else:
            found.extend(piece for _, (_, pieces) in run for piece in pieces)
    return tuple(found)


def html(piece: Piece, level: Callable[[int], int]) -> str:
    """The piece as HTML; `level` says on which level of the page a heading stands."""
    if isinstance(piece, Paragraph):
        opening = '<p class="printed-indent">' if piece.text.startswith(IDEOGRAPHIC_SPACE) else "<p>"
        return f"{opening}{_inline(piece.text)}</p>\n"
    if isinstance(piece, Heading):
        tag = f"h{level(piece.level)}"
        return f"<{tag}>{_inline(piece.text)}</{tag}>\n"
    return _list(piece)


def opens(before: str, after: str) -> bool:
    """Whether stars between two characters may begin what is bold.

    CommonMark asks for white space or punctuation where punctuation meets the stars; a Chinese character does
    as well, and Chinese punctuation counts as such a character (CommonMark issue 650).
    """
    return not after.isspace() and (not _foreign_mark(after) or _lets_open(before))


def closes(before: str, after: str) -> bool:
    """Whether they may end it."""
    return opens(after, before)


@cache
def is_mark(char: str) -> bool:
    """Whether a character is punctuation or a symbol."""
    return unicodedata.category(char)[0] in "PS"


@cache
def _han(char: str) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F", "H"}


def _foreign_mark(char: str) -> bool:
    return is_mark(char) and not _han(char)


def _lets_open(char: str) -> bool:
    return char.isspace() or is_mark(char) or _han(char)


def _is_plain(block: str) -> bool:
    """Whether what stands between two blank lines is a paragraph without any markup."""
    return bool(block) and _PLAIN.fullmatch(block) is not None


def _read(block: str) -> tuple[Piece, ...]:
    """The pieces of what stands between two blank lines; none if it needs the parser."""
    if _is_plain(block):
        return (Paragraph(block),)
    pieces: list[Piece] = []
    for line in block.split("\n"):
        piece = _line(line)
        if piece is None:
            return ()
        if pieces and (joined := _joined(pieces[-1], piece)):
            pieces[-1] = joined
        elif pieces and not _may_follow(pieces[-1], piece):
            return ()
        else:
            pieces.append(piece)
    return tuple(pieces) if all(map(_strong, pieces)) else ()


def _line(line: str) -> Piece | None:
    marker = _MARKER.match(line)
    text = line[marker.end() :] if marker else line
    if not text or not _BOLD.fullmatch(text):
        return None
    if marker is None:
        return Paragraph(text)
    if text != text.strip() or text.endswith("#"):
        return None
    if marker["heading"]:
        return Heading(text, len(marker["heading"]))
    numbers = (marker["number"],) if marker["number"] else ()
    return Listing((text,), numbers, marker["behind"] or marker["bullet"])


def _joined(last: Piece, piece: Piece) -> Piece | None:
    """Two lines of one paragraph or list."""
    if isinstance(last, Paragraph) and isinstance(piece, Paragraph):
        return Paragraph(f"{last.text}\n{piece.text}")
    if isinstance(last, Listing) and isinstance(piece, Listing) and last.mark == piece.mark:
        return Listing(last.texts + piece.texts, last.numbers + piece.numbers, last.mark)
    return None


def _may_follow(last: Piece, piece: Piece) -> bool:
    """Whether a piece on the next line begins anew: text after a list belongs to it, 2. in a paragraph too."""
    if isinstance(last, Listing):
        return isinstance(piece, Heading)
    numbers = piece.numbers if isinstance(piece, Listing) else ()
    return isinstance(last, Heading) or not numbers or int(numbers[0]) == 1


def _strong(piece: Piece) -> bool:
    """Whether the stars in each text begin and end what is bold in turn."""
    texts = piece.texts if isinstance(piece, Listing) else (piece.text,)
    return all("*" not in text or _paired(text.split("**")) for text in texts)


def _paired(parts: list[str]) -> bool:
    turns: tuple[Callable[[str, str], bool], ...] = (opens, closes)
    return len(parts) % 2 == 1 and all(
        turns[at % 2](before[-1:] or " ", after[:1] or " ")
        for at, (before, after) in enumerate(pairwise(parts))
    )


def _list(piece: Listing) -> str:
    items = "".join(
        f"<li{value}>{_inline(text)}</li>\n"
        for value, text in zip(_values(piece.numbers) or [""] * len(piece.texts), piece.texts, strict=True)
    )
    if not piece.numbers:
        return f"<ul>\n{items}</ul>\n"
    start = int(piece.numbers[0])
    begins = f' start="{start}"' if start != 1 else ""
    bracket = ' class="bracket"' if piece.mark == ")" else ""
    return f"<ol{begins}{bracket}>\n{items}</ol>\n"


def _values(numbers: Sequence[str]) -> list[str]:
    """The printed numbers where they do not just count on."""
    pairs = pairwise([int(numbers[0]) - 1, *map(int, numbers)]) if numbers else ()
    return ["" if number == before + 1 else f' value="{number}"' for before, number in pairs]


def _inline(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    if "**" in text:
        text = "".join(
            f"<strong>{part}</strong>" if at % 2 else part for at, part in enumerate(text.split("**"))
        )
    return text.replace("\n", "<br>\n")
