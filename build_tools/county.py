"""Reads and checks one county at a time: the unit of work, so that nothing unbounded is kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from build_tools.archive import Beside, Entry, Register, Subject, beside, chain
from build_tools.check import Verdict, check, place, unreadable
from build_tools.copies.county import CountyWords
from build_tools.copies.own import names_of
from build_tools.decode import decode
from build_tools.expected import Roll
from build_tools.filing import lacking, misplaced, nowhere
from build_tools.finding import Finding, Problem, Severity
from build_tools.form import Form
from build_tools.former import NOTHING, Former
from build_tools.forms import official
from build_tools.hiding import hidden
from build_tools.indicators import requests
from build_tools.model import Report, Unit
from build_tools.originals import Original, original
from build_tools.roll import Shelf, held_against, read_roll
from build_tools.source import Source, parse
from build_tools.standing import Counts
from build_tools.store import UNIT_FILE, CountyFolder, Store, UnitFolder
from build_tools.units import decode_unit
from build_tools.write import report_text


@dataclass(frozen=True, slots=True)
class Filed:
    """A report in its archive, with what the rules say of it, and the bytes of its file; all as readers may see it."""

    subject: Subject
    verdict: Verdict
    data: bytes


@dataclass(frozen=True, slots=True)
class Holding:
    """A unit and its readable reports, by year."""

    unit: Unit
    filed: tuple[Filed, ...]


@dataclass(frozen=True, slots=True)
class County:
    """All that is filed under one county. `findings` are those of every file.

    `roll` is its list of those that had to publish, `counts` tells by year how many of them did.
    """

    code: str
    holdings: tuple[Holding, ...]
    findings: tuple[Finding, ...]
    roll: Roll = field(default_factory=dict)
    counts: Counts = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that must stop a build."""
        return tuple(finding for finding in self.findings if finding.blocks)


def read_county(
    store: Store, folder: CountyFolder, register: Register, now: int, former: Former = NOTHING
) -> County:
    """Read and check every unit and report of a county."""
    reader = _CountyReader(store, register, now, former)
    shelves = [reader.shelf(unit) for unit in folder.units]
    filed_years = {shelf.folder.id: {r.year for r, _, _ in shelf.read} for shelf in shelves}
    roll, faults = read_roll(store, folder, now)
    counts, missing = held_against(roll, _on_shelves(shelves, former), folder.expected, now)
    filed = ((shelf.unit, report) for shelf in shelves if shelf.unit for report, _, _ in shelf.read)
    around = _Around(filed_years, beside(filed, roll), reader.words(shelves))
    holdings = tuple(reader.holding(shelf.unit, shelf, around) for shelf in shelves if shelf.unit)
    strays = [place(problem, None, file) for file, problem in folder.strays]
    if not any(holding.filed for holding in holdings):  # of reports ID-CODE-PARENT says it
        where = f"{folder.code[:2]}/{folder.code}"
        strays += [place(problem, None, where) for problem in nowhere(register, folder.code)]
    found = [f for h in holdings for filed in h.filed for f in filed.verdict.findings]
    findings = sorted([*found, *reader.found, *strays, *faults, *missing])
    return County(folder.code, holdings, tuple(findings), roll, counts)


def entry_of(filed: Filed) -> Entry:
    """What lists and neighbours say of a report."""
    report, unit = filed.subject.report, filed.subject.unit
    open_ones = [f.severity for f in filed.verdict.findings if not f.waived]
    return Entry(
        unit=report.unit,
        name=unit.name,
        kind=unit.kind.id,
        year=report.year,
        title=report.title,
        form=report.form.id,
        form_name=report.form.name,
        requests=requests(report),
        errors=open_ones.count(Severity.ERROR),
        warnings=open_ones.count(Severity.WARNING),
        waived=sum(bool(f.waived) for f in filed.verdict.findings),
        published=report.published,
    )


@dataclass(frozen=True, slots=True)
class _Shelf:
    folder: UnitFolder
    unit: Unit | None
    read: tuple[tuple[Report, Source, bytes], ...]
    files: Mapping[int, list[str]]


@dataclass(frozen=True, slots=True)
class _Around:
    """By unit the years of its reports; by year the county; what all its reports say."""

    years: Mapping[str, set[int]]
    beside: Mapping[int, Beside]
    words: CountyWords


def _on_shelves(shelves: Sequence[_Shelf], former: Former) -> Shelf:
    return Shelf(
        {shelf.folder.id: shelf.unit.kind for shelf in shelves if shelf.unit},
        {(report.unit, report.year): report.published for shelf in shelves for report, _, _ in shelf.read},
        {(gone.unit, gone.year) for shelf in shelves for gone in former.of(shelf.folder.id)},
    )


class _CountyReader:
    def __init__(self, store: Store, register: Register, now: int, former: Former) -> None:
        self.store, self.register, self.now, self.former = store, register, now, former
        self.forms: Mapping[str, Form] = official()
        self.found: list[Finding] = []

    def shelf(self, folder: UnitFolder) -> _Shelf:
        unit = self.unit(folder)
        files: dict[int, list[str]] = {}
        read = []
        for year, file in folder.reports:
            files.setdefault(year, []).append(file)
            report = self.report(folder, year, file)
            if report and len(files[year]) == 1:
                read.append(report)
        return _Shelf(folder, unit, tuple(read), files)

    def unit(self, folder: UnitFolder) -> Unit | None:
        file = f"{folder.folder}/{UNIT_FILE}"
        text = self.store.read(file)
        source = parse(text.text) if not text.problems else None
        unit, problems = decode_unit(source, folder.id) if source else (None, text.problems)
        if not folder.reports:  # with reports the rules speak of it
            problems = (*problems, *misplaced(folder))
        self.note(problems, source, file, folder.id)
        return None if problems else unit

    def report(self, folder: UnitFolder, year: int, file: str) -> tuple[Report, Source, bytes] | None:
        text = self.store.read(file)
        if text.problems:
            self.note(text.problems, None, file, folder.id, year)
            return None
        source = parse(text.text)
        report, problems = decode(source, folder.id, year, self.forms)
        if report and (missing := lacking(report, folder)):
            report, problems = None, (missing,)
        self.note(problems, source, file, folder.id, year)
        return (report, source, text.data) if report else None

    def original(self, folder: UnitFolder, report: Report) -> Original | None:
        """What is known of the archived original; nothing of one that cannot be read, which stops the build later."""
        name = report.origin.file
        data = self.store.original(folder, name) if name else None
        return None if data is None else original(data)

    def note(
        self, problems: Sequence[Problem], source: Source | None, file: str, unit: str = "", year: int = 0
    ) -> None:
        self.found.extend(unreadable(problems, source, file, unit, year).findings)

    def words(self, shelves: Iterable[_Shelf]) -> CountyWords:
        """All reports of the county that can be read, each under the names of its unit."""
        return CountyWords(
            (unit, report, names)
            for shelf in shelves
            if (unit := shelf.unit) and (names := names_of(unit, chain(self.register, unit.id)))
            for report, _, _ in shelf.read
        )

    def holding(self, unit: Unit, shelf: _Shelf, around: _Around) -> Holding:
        series = tuple(sorted((report for report, _, _ in shelf.read), key=lambda r: r.year))
        withdrawn = frozenset(gone.year for gone in self.former.of(unit.id))
        filed = []
        for report, source, data in shelf.read:
            first, *twins = shelf.files[report.year]
            subject = Subject(
                report=report,
                unit=unit,
                series=series,
                register=self.register,
                file=first,
                now=self.now,
                twins=tuple(twins),
                lineage_changed=_changed(unit, report.year, around.years),
                withdrawn=withdrawn,
                original=self.original(shelf.folder, report),
            )
            county = replace(subject, beside=around.beside[report.year], words=around.words)
            filed.append(Filed(subject, check(county, source), data))
        return Holding(unit, _for_readers(tuple(sorted(filed, key=lambda f: f.subject.report.year))))


def _for_readers(filed: tuple[Filed, ...]) -> tuple[Filed, ...]:
    """The reports of a unit with what is private masked, in their files and in each other's series too."""
    if not any(one.verdict.private for one in filed):
        return filed
    reports = {
        one.subject.report.year: hidden(one.subject.report) if one.verdict.private else one.subject.report
        for one in filed
    }
    series = tuple(reports.values())
    return tuple(
        replace(
            one,
            subject=replace(one.subject, report=reports[one.subject.report.year], series=series),
            data=report_text(reports[one.subject.report.year]).encode() if one.verdict.private else one.data,
        )
        for one in filed
    )


def _changed(unit: Unit, year: int, years: Mapping[str, set[int]]) -> bool:
    """Whether last year's figures were shared with a unit that has merged into this one since."""
    return any(kin.year == year or _merged(years.get(kin.id, set()), year) for kin in unit.predecessors)


def _merged(years: set[int], year: int) -> bool:
    """Whether a unit reported for the last time on the year before."""
    return year - 1 in years and not any(later >= year for later in years)
