"""The room's door: the prose of a report -> sentences with their places, counts, years, enumerations and denials.

Section -> `normal` (text as it is read, and the way back) -> `counts`, `sentences` -> `lists`. Pure, and linear in the
length of the text whatever it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from build_tools.model import Report, Section
from build_tools.reading.counts import Count, Number
from build_tools.reading.lists import Listing, listings
from build_tools.reading.normal import Normal, normal
from build_tools.reading.sentences import DENIED, Sentence, sentences


@dataclass(frozen=True)
class Reading:
    """The prose of a report, read once for all who ask."""

    sections: tuple[Section, ...]

    @cached_property
    def texts(self) -> tuple[Normal, ...]:
        """The sections as they are read."""
        return tuple(normal(section.text) for section in self.sections)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in order."""
        pairs = zip(self.sections, self.texts, strict=True)
        return tuple(sentence for section, text in pairs for sentence in sentences(section, text))

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """Every enumeration in order."""
        return tuple(found for s in self.sentences if len(s.counts) > 2 for found in listings(s))  # noqa: PLR2004

    def says(self, *words: str) -> bool:
        """Whether one of these words stands anywhere."""
        return any(word in text.text for text in self.texts for word in words)

    def about(self, *words: str) -> Iterator[Sentence]:
        """The sentences that hold one of these words."""
        first, *others = words
        if not self.says(*words):
            return iter(())
        return (s for s in self.sentences if first in s.text or any(word in s.text for word in others))


def read(report: Report) -> Reading:
    """The prose of a report, to be read."""
    return Reading(report.sections)


__all__ = ["DENIED", "Count", "Listing", "Number", "Reading", "Sentence", "read"]
