"""Problems (what a rule sees, with a path of keys) and findings (what people see, with line and column)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from build_tools.model import Path


class Severity(StrEnum):
    """error blocks the build unless waived; warning is shown; info is a hint to editors only."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at `path`, and what to do. `weak` asks for the rule's lesser severity.

    `rule` is empty in what rules yield: the runner stamps it. Readers name it themselves. `at` is a place
    (line, column, end line, end column; from 1) known to the reader only, as for a syntax error. `words` are the
    very words meant, as offsets in the text at `path`.
    """

    path: Path
    message: str
    hint: str
    weak: bool = False
    rule: str = ""
    at: tuple[int, int, int, int] | None = None
    words: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Unassessed:
    """A relation that could not be tried because an operand is not a number.

    With `blanks`, it holds if what is printed blank is read as nothing, which the archive does not do silently.
    """

    path: Path
    reason: str
    rule: str = ""
    blanks: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem in its place. Lines and columns count characters from 1; the end is exclusive.

    Sorted by file, place and rule, so that output does not depend on the order of work. `waived` holds the
    reason given in the report file, or is empty. `words` are the very words meant, as offsets in the text at `path`.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    path: str
    message: str
    hint: str
    severity: Severity
    unit: str = ""
    year: int = 0
    waived: str = ""
    words: tuple[int, int] | None = field(default=None, compare=False)

    @property
    def blocks(self) -> bool:
        """Whether the build must stop for it."""
        return self.severity is Severity.ERROR and not self.waived


def finding_of(told: Sequence[Any]) -> Finding:
    """The finding whose fields, in order, came through JSON."""
    finding = Finding(*told)
    words = finding.words and (finding.words[0], finding.words[1])
    return replace(finding, severity=Severity(finding.severity), words=words)
