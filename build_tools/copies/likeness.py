"""How alike two texts are, and what they have in common. Everything takes time linear in their length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SIZE = 5
"""Characters that are compared at a time."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Words that stand in both texts: their places, and how many characters they are."""

    here: int
    there: int
    length: int


def shingles(text: str) -> frozenset[str]:
    """Every run of a few characters in the text."""
    return frozenset([text[at : at + SIZE] for at in range(len(text) - SIZE + 1)])


def likeness(here: frozenset[str], there: frozenset[str]) -> float:
    """The share of all that both say which both say, from 0 to 1 (Dice's coefficient of their shingles)."""
    return 2 * len(here & there) / (len(here) + len(there)) if here or there else 0.0


def passages(here: str, there: str) -> list[Passage]:
    """What the texts have in common, the longest first; none overlaps another in the first text."""
    return sorted(_passages(here, there), key=lambda passage: (-passage.length, passage.here))


def _passages(here: str, there: str) -> Iterator[Passage]:
    first: dict[str, int] = {}
    for at in range(len(there) - SIZE, -1, -1):
        first[there[at : at + SIZE]] = at
    at = 0
    while at <= len(here) - SIZE:
        start = first.get(here[at : at + SIZE])
        if start is None:
            at += 1
            continue
        length = _run(here, at, there, start)
        yield Passage(at, start, length)
        at += length


def _run(here: str, at: int, there: str, start: int) -> int:
    """How long both say the same from here on."""
    length, most = SIZE, min(len(here) - at, len(there) - start)
    while length < most and here[at + length] == there[start + length]:
        length += 1
    return length
