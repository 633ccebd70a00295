"""What a rule is. A rule looks at a report in its archive and yields problems; it knows no files or lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from build_tools.finding import Problem, Severity, Unassessed
from build_tools.rules.aids.manner import Manner
from build_tools.rules.view import View

Outcome = Problem | Unassessed
Check = Callable[[View], Iterator[Outcome]]


class Basis(StrEnum):
    """Why a rule may demand what it demands."""

    FORM = "官方格式印明"
    DEFINITION = "栏目名称的定义"
    LAW = "法律法规"
    CUSTOM = "主管部门通知或惯例"
    PLAUSIBLE = "合理性"
    ARCHIVE = "档案完整性"


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue. `id` is for ever.

    `title` says in Chinese what must hold, `reason` why (with the article or document), `advice` what to do.
    `weak` is the severity of problems the check marks as weak. `check` is None for what only the reader can
    see. `since` and `until` are report years. A rule that is not `waivable` speaks of our transcription and
    must be mended, not excused. `prose` says that it holds numbers in the prose against the tables of the same report.
    `manner` says of a rule that is nothing but its relations how it speaks, so that others can follow it.
    """

    id: str
    severity: Severity
    basis: Basis
    title: str
    reason: str
    advice: str
    check: Check | None = None
    weak: Severity | None = None
    waivable: bool = True
    since: int | None = None
    until: int | None = None
    prose: bool = False
    manner: Manner | None = None

    def holds_for(self, year: int) -> bool:
        """Whether reports on `year` are subject to the rule."""
        return (self.since or year) <= year <= (self.until or year)

    def severity_of(self, problem: Problem) -> Severity:
        """The severity of a problem this rule yielded."""
        return self.weak if problem.weak and self.weak else self.severity
