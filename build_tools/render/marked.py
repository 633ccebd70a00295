"""Prose with the words that notes speak of marked where they stand, each with the way to its note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from build_tools.markdown import render
from build_tools.render.notes import Note

_BEGINS, _ENDS, _CLOSES = "\ue000", "\ue001", "\ue002"
"""Stand in the prose while it becomes HTML: ¹number² words ³number². Prose that holds one is left unmarked."""
_STRANGE = re.compile(f"[{_BEGINS}{_ENDS}{_CLOSES}]")
_SIGN = re.compile(f"[{_BEGINS}{_CLOSES}][0-9]+{_ENDS}")
_IN_LINK = re.compile(f"<a [^>]*>(?:(?!</a>)[^{_CLOSES}])*{_CLOSES}")
_ALONE = re.compile(f"{_BEGINS}([0-9]+){_ENDS}([^<{_BEGINS}{_ENDS}{_CLOSES}]*){_CLOSES}\\1{_ENDS}")
_CLOSING = re.compile(f"{_CLOSES}([0-9]+){_ENDS}")


def marked(text: str, notes: Sequence[Note]) -> Markup:
    """The prose as HTML; what notes with `words` speak of is marked, if that changes nothing else of it.

    Words that run across markup, or into those of another note, get the number behind them and no mark of their own.
    """
    plain = render(text)
    found = sorted((note.words, note.number) for note in notes if note.words)
    if not found or _STRANGE.search(text):
        return Markup(plain)  # noqa: S704  # the renderer escapes
    signed = render(_signed(text, found))
    if _SIGN.sub("", signed) != plain or _IN_LINK.search(signed):
        return Markup(plain)  # noqa: S704
    kinds = {str(note.number): note for note in notes}
    html = _ALONE.sub(rf"<mark>\2</mark>{_CLOSES}\1{_ENDS}", signed)
    html = _CLOSING.sub(lambda m: _way(kinds[m[1]]), html)
    return Markup(_SIGN.sub("", html))  # noqa: S704


def words_id(note: Note) -> str:
    """The id of the mark behind the words that a note speaks of."""
    return f"words-{note.number}"


def _signed(text: str, found: Sequence[tuple[tuple[int, int], int]]) -> str:
    """The text with a sign before and behind the words of each note."""
    signs = [(start, 1, f"{_BEGINS}{number}{_ENDS}") for (start, _), number in found]
    signs += [(end, 0, f"{_CLOSES}{number}{_ENDS}") for (_, end), number in found]
    signs.sort()
    places = [0, *(at for at, _, _ in signs), len(text)]
    parts = [text[start:end] for start, end in pairwise(places)]
    return "".join(part + sign for part, (_, _, sign) in zip(parts, signs, strict=False)) + parts[-1]


def _way(note: Note) -> str:
    """The number behind the words, which leads to the note."""
    label = f"{note.word}，校注{note.number}"
    return f'<a class="mark" id="{words_id(note)}" href="#{note.id}" aria-label="{label}">{note.number}</a>'
