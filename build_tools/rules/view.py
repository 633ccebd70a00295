"""A subject as rules look at it: what several of them need is found once, by the first that asks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from build_tools.archive import Subject, chain
from build_tools.model import Division, Report, Table
from build_tools.reading import Reading, read
from build_tools.rules.aids import claims
from build_tools.rules.aids.claim import Claim
from build_tools.rules.aids.relations import tried
from build_tools.rules.aids.spots import Sheet, look_through
from build_tools.rules.aids.trial import Trial


class View(Subject):
    """A subject with its tables looked through. Rules that need no more than the subject ask for that."""

    @classmethod
    def of(cls, subject: Subject) -> View:
        """The view of a subject."""
        return cls(
            subject.report,
            subject.unit,
            subject.series,
            subject.register,
            subject.file,
            subject.now,
            subject.twins,
            subject.lineage_changed,
            subject.withdrawn,
        )

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """Province, prefecture and county of the unit, as far as the register knows them."""
        return chain(self.register, self.unit.id)

    @cached_property
    def reading(self) -> Reading:
        """The report's prose, read once for all rules."""
        return read(self.report)

    @cached_property
    def requests(self) -> tuple[Claim, ...]:
        """What the prose states of requests."""
        return tuple(claims.requests(self.reading))

    @cached_property
    def disputes(self) -> tuple[Claim, ...]:
        """What the prose states of reviews and suits."""
        return tuple(claims.disputes(self.reading))

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """The report's tables with the few cells worth a look, by table id."""
        return {id_: look_through(table) for id_, table in self.report.tables.items()}

    @cached_property
    def comparable(self) -> Report | None:
        """The report on the year before, unless the unit then was not the unit it is now."""
        return None if self.lineage_changed else self.last

    def last_table(self, id_: str) -> Table | None:
        """The table of the comparable report of the year before."""
        return self.comparable.tables.get(id_) if self.comparable else None

    @cached_property
    def trials(self) -> Mapping[str, tuple[Trial, ...]]:
        """What the forms declare, tried in every table, by rule; what plainly holds is passed over."""
        found: dict[str, tuple[Trial, ...]] = {}
        for id_, sheet in self.sheets.items():
            for trial in tried(sheet, self.last_table(id_)):
                found[trial.relation.rule] = (*found.get(trial.relation.rule, ()), trial)
        return found
