"""A subject as rules look at it: what several of them need is found once, by the first that asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from operator import attrgetter

from build_tools.archive import Subject, chain
from build_tools.copies.county import CountyWords
from build_tools.copies.own import Own, names_of
from build_tools.folded import Folded, fold
from build_tools.hiding import pieces
from build_tools.model import Division, Path, Report, Table
from build_tools.privacy import secrets
from build_tools.private import Secret
from build_tools.reading import Reading, read
from build_tools.rules.aids import claims
from build_tools.rules.aids.claim import Claim
from build_tools.rules.aids.relations import tried
from build_tools.rules.aids.spots import Sheet, look_through
from build_tools.rules.aids.trial import Trial

BETWEEN = "\n\n"
"""Nothing private is found across it, and nothing that is found without it is lost."""


@dataclass(frozen=True, slots=True)
class Private:
    """Something private, with the text that it stands in and that text's place."""

    path: Path
    text: str
    secret: Secret


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the report ready to be searched, with its place in the report file."""

    path: Path
    folded: Folded

    @property
    def plain(self) -> str:
        """The text to search: every character in its ordinary form, none that is not seen."""
        return self.folded.text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The words of the report file that a part of `plain` was made of."""
        return self.folded.span(start, end)


_FIELDS = attrgetter(*(field.name for field in fields(Subject)))


class View(Subject):
    """A subject with its tables looked through. Rules that need no more than the subject ask for that."""

    @classmethod
    def of(cls, subject: Subject) -> View:
        """The view of a subject."""
        return cls(*_FIELDS(subject))

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """Province, prefecture and county of the unit, as far as the register knows them."""
        return chain(self.register, self.unit.id)

    @cached_property
    def neighbours(self) -> CountyWords:
        """The reports that this one can be compared with: those of the county, or at least the unit's own."""
        names = names_of(self.unit, self.divisions)
        return self.words or CountyWords((self.unit, report, names) for report in self.series)

    @cached_property
    def own(self) -> Own:
        """The words that are the report's own."""
        return self.neighbours.own(self.report)

    @cached_property
    def past(self) -> tuple[Own, ...]:
        """The unit's reports on the two years before, the later one first, where they are there."""
        years = (self.report.year - 1, self.report.year - 2)
        return tuple(self.neighbours.own(report) for year in years if (report := self.on(year)))

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
        """The report on the year before, unless it spoke of other units: of others that merged, or of its office alone."""
        last = None if self.lineage_changed else self.last
        return last if last and last.scope == self.report.scope else None

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The texts of the report that print words of the original, ready to be searched: title, headings, prose."""
        report = self.report
        found: list[tuple[Path, str]] = [(("标题",), report.title)]
        for section in report.sections:
            if report.form.free:
                found.append(((*section.path[:-1], "标题"), section.heading))
            found.append((section.path, section.text))
        return tuple(Text(path, fold(text)) for path, text in found if text)

    @cached_property
    def prose(self) -> tuple[Text, ...]:
        """Those of them that are prose."""
        paths = {section.path for section in self.report.sections}
        return tuple(text for text in self.texts if text.path in paths)

    @cached_property
    def plain(self) -> str:
        """All these texts in one, to see quickly whether a word is there at all."""
        return "\n".join([text.plain for text in self.texts])

    @cached_property
    def private(self) -> tuple[Private, ...]:
        """What the report says that others must not read, in the order of the report file."""
        known = {text.path: text.folded for text in self.texts}
        found = list(pieces(self.report))
        others = fold(BETWEEN.join(text for path, text in found if path not in known))
        whole = BETWEEN.join([others.text, *(text.plain for text in self.texts)])
        if not secrets(whole, Folded(whole)):
            return ()  # as of most reports: one search in place of twenty
        return tuple(
            Private(path, text, secret) for path, text in found for secret in secrets(text, known.get(path))
        )

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
