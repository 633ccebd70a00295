"""What a branch does to the archive. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from build_tools.finding import Finding, Severity
from build_tools.history import Difference, Kind

SAME = Difference()


class Amount(NamedTuple):
    """How much of a part of the prose is another: paragraphs, and the characters before and after."""

    name: str
    changed: int
    added: int
    removed: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A report that the branch changes. `since`: what is said of it against the year before.

    `untidy`: its file is not laid out as `fmt` does it.
    """

    unit: str
    name: str
    year: int
    file: str
    kind: Kind
    difference: Difference = SAME
    prose: tuple[Amount, ...] = ()
    since: str = ""
    untidy: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What the branch does in one county. `gone`: how many findings there are no more."""

    reports: tuple[Reviewed, ...] = ()
    found: tuple[Finding, ...] = ()
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """What the branch does to the archive since it left `name`, in the commit `base`.

    `others`: files that are no reports; `sheets`: those of them that concern the whole archive.
    """

    name: str
    base: str
    parts: tuple[Part, ...]
    others: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    stray: tuple[Finding, ...] = field(default=())

    @property
    def reports(self) -> list[Reviewed]:
        """The reports that were changed, in the order of their files."""
        return [one for part in self.parts for one in part.reports]

    def of(self, *kinds: Kind) -> list[Reviewed]:
        """The reports that were changed in one of these ways."""
        return [one for one in self.reports if one.kind in kinds]

    @property
    def found(self) -> list[Finding]:
        """The findings there were not before, the gravest first."""
        every: Iterable[Finding] = (*self.stray, *self._in_parts())
        return sorted(every, key=lambda finding: (finding.severity.rank, finding))

    def _in_parts(self) -> Iterator[Finding]:
        for part in self.parts:
            yield from part.found

    def count(self, severity: Severity) -> int:
        """How many of the new findings are as grave as this."""
        return sum(finding.severity is severity for finding in self.found)

    @property
    def gone(self) -> int:
        """How many findings there are no more."""
        return sum(part.gone for part in self.parts)

    @property
    def blocks(self) -> bool:
        """Whether the branch brings an error that nobody has acknowledged."""
        return any(finding.blocks for finding in self.found)
