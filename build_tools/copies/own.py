"""A report -> its own words, section by section, and what two reports have in common with the places in both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from build_tools.copies.likeness import likeness, passages, shingles
from build_tools.copies.statutory import statutory
from build_tools.copies.words import NUMBER, Placed, clauses, placed
from build_tools.model import Division, Path, Report, Section, Unit
from build_tools.privacy import masked

LEAST = 100
"""With fewer different runs of characters of its own a report says too little to be like another."""
LEAST_SECTION = 60
"""The same for a single section."""
_INTRO = "intro"  # the form says word for word what stands in it
_ENOUGH = (
    0.2  # of what they say clause by clause, names and all: with less, no two texts are alike by four in five
)
_FIGURE = re.compile("[0-9]+")
_CLAUSE = re.compile("[，。；：、\n]+")
_CLEAR = 6  # characters of a clause that says something


def names_of(unit: Unit, above: Iterable[Division]) -> tuple[str, ...]:
    """The names that stand for the unit itself in its report: its own, and those of the places it lies in."""
    return tuple(dict.fromkeys((*unit.names(), *(division.name for division in above))))


@dataclass(frozen=True, slots=True)
class Shared:
    """The longest passage that two reports have in common: where it stands in each, and how many characters it has.

    `words` are those of the first report, with what is private masked: a part of it alone might not look private.
    """

    path: Path
    span: tuple[int, int]
    words: str
    other: Path
    other_span: tuple[int, int]
    length: int


@dataclass(frozen=True)
class Own:
    """A report's own words, or those of `only` one section: without what all have and what differs by itself."""

    report: Report
    unit: Unit
    names: tuple[str, ...]
    only: str = ""

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections that are compared: the one asked for, or all but the introduction."""
        return tuple(s for s in self.report.sections if (s.id == self.only if self.only else s.id != _INTRO))

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """What the sections say, clause by clause."""
        known = statutory()
        return tuple(part for s in self.sections for part in clauses(s.text, self.names) if part not in known)

    @cached_property
    def glance(self) -> frozenset[str]:
        """The same at a glance, names and all: to look whether it is worth to look."""
        text = "\n".join(section.text for section in self.sections)
        return frozenset([c for c in _CLAUSE.split(_FIGURE.sub(NUMBER, text)) if len(c) >= _CLEAR])

    @cached_property
    def weight(self) -> int:
        """How many characters that has."""
        return sum(map(len, self.glance))

    @cached_property
    def text(self) -> str:
        """All of it as one text, so that passages may run on from clause to clause."""
        return "".join(self.clauses)

    @cached_property
    def shingles(self) -> frozenset[str]:
        """The runs of characters by which reports are compared."""
        return shingles(self.text)

    def section(self, id_: str) -> Own:
        """The same of one section alone."""
        return replace(self, only=id_)


def alike(here: Own, there: Own, least: int = LEAST) -> float:
    """How alike two reports are, from 0 to 1; 0 where that is plain at a glance, or one has little of its own."""
    both = sum(map(len, here.glance & there.glance))
    if 2 * both <= _ENOUGH * (here.weight + there.weight):
        return 0.0
    if min(len(here.shingles), len(there.shingles)) < least:
        return 0.0
    return likeness(here.shingles, there.shingles)


@dataclass(frozen=True, slots=True)
class Match:
    """Two reports and how alike they are."""

    own: Own
    other: Own
    degree: float

    @property
    def percent(self) -> int:
        """The same as whole percent, never more than it is."""
        return int(100 * self.degree)


def closest(own: Own, others: Iterable[Own], least: int = LEAST) -> Match | None:
    """The first of the others that is most like the report."""
    return max((Match(own, other, alike(own, other, least)) for other in others), key=_degree, default=None)


def _degree(match: Match) -> float:
    return match.degree


def shared(here: Own, there: Own) -> Shared | None:
    """The longest passage that both have; None where they have nothing in common."""
    mine, others = (
        _Located.of(here, "\0"),
        _Located.of(there, "\1"),
    )  # no passage runs over the end of a section
    found = passages(mine.text, others.text)
    if not found:
        return None
    best = found[0]
    (at, span), (to, to_span) = mine.span(best.here, best.length), others.span(best.there, best.length)
    words = masked(here.sections[at].text)[slice(*span)]
    return Shared(here.sections[at].path, span, words, there.sections[to].path, to_span, best.length)


@dataclass(frozen=True, slots=True)
class _Located:
    """A report's own words, with the section and the part of it that each character was made of."""

    text: str
    places: tuple[tuple[int, tuple[int, int]], ...]

    @classmethod
    def of(cls, own: Own, end: str) -> _Located:
        known, texts, places = statutory(), list[str](), list[tuple[int, tuple[int, int]]]()
        for number, section in enumerate(own.sections):
            for part, spans in _parts(placed(section.text, own.names)):
                if part not in known:
                    texts.append(part)
                    places += ((number, span) for span in spans)
            texts.append(end)
            places.append((number, (0, 0)))
        return cls("".join(texts), tuple(places))

    def span(self, start: int, length: int) -> tuple[int, tuple[int, int]]:
        """The section in which a passage stands, and the part of it that the passage takes."""
        section, (first, _) = self.places[start]
        return section, (first, self.places[start + length - 1][1][1])


def _parts(found: Placed) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    return zip(found.clauses, found.spans, strict=True)


def own_words(text: str) -> bool:
    """Whether a text says anything that is not statutory."""
    known = statutory()
    return any(part not in known for part in clauses(text, ()))
