"""Reads and checks one county at a time: the unit of work, so that nothing unbounded is kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from build_tools.archive import Entry, Register, Subject, chain, folder_chain, regions
from build_tools.check import Verdict, check, place, unreadable
from build_tools.copies.beside import Beside
from build_tools.copies.own import names_of
from build_tools.decode import decode
from build_tools.finding import Finding, Problem, Severity
from build_tools.form import Form
from build_tools.former import NOTHING, Former
from build_tools.forms import official
from build_tools.hiding import hidden
from build_tools.indicators import requests
from build_tools.model import Report, Unit
from build_tools.source import Source, parse
from build_tools.store import UNIT_FILE, CountyFolder, Store, UnitFolder
from build_tools.units import UNIT_ID, decode_unit
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
    """All that is filed under one county. `findings` are those of every file."""

    code: str
    holdings: tuple[Holding, ...]
    findings: tuple[Finding, ...]

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
    beside = reader.beside(shelves)
    holdings = tuple(
        reader.holding(shelf.unit, shelf, filed_years, beside) for shelf in shelves if shelf.unit
    )
    strays = [place(problem, None, file) for file, problem in folder.strays]
    if not any(holding.filed for holding in holdings):  # of reports ID-CODE-PARENT says it
        where = f"{folder.code[:2]}/{folder.code}"
        strays += [place(_nowhere(code), None, where) for code in _unknown(register, folder.code)]
    found = [f for h in holdings for filed in h.filed for f in filed.verdict.findings]
    return County(folder.code, holdings, tuple(sorted([*found, *reader.found, *strays])))


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


def _unknown(register: Register, code: str) -> list[str]:
    """The regions of a county's folder, itself among them, that the register does not have."""
    above = [region for region in regions(code)[:-1] if region not in register]
    return above if folder_chain(register, code) else [*above, code]


def _nowhere(code: str) -> Problem:
    hint = "目录名用 divisions.csv 里有的六位代码；代码没有错，先在 divisions.csv 里补上这一行。"
    return Problem((), f"divisions.csv 里没有 {code} 这个代码", hint, rule="ID-CODE-PARENT")


@dataclass(frozen=True, slots=True)
class _Shelf:
    folder: UnitFolder
    unit: Unit | None
    read: tuple[tuple[Report, Source, bytes], ...]
    files: Mapping[int, list[str]]


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
            problems = (*problems, *_misplaced(folder))
        self.note(problems, source, file, folder.id)
        return None if problems else unit

    def report(self, folder: UnitFolder, year: int, file: str) -> tuple[Report, Source, bytes] | None:
        text = self.store.read(file)
        if text.problems:
            self.note(text.problems, None, file, folder.id, year)
            return None
        source = parse(text.text)
        report, problems = decode(source, folder.id, year, self.forms)
        if report and (missing := _original(report, folder)):
            report, problems = None, (missing,)
        self.note(problems, source, file, folder.id, year)
        return (report, source, text.data) if report else None

    def note(
        self, problems: Sequence[Problem], source: Source | None, file: str, unit: str = "", year: int = 0
    ) -> None:
        self.found.extend(unreadable(problems, source, file, unit, year).findings)

    def beside(self, shelves: Iterable[_Shelf]) -> Beside:
        """All reports of the county that can be read, each under the names of its unit."""
        return Beside(
            (unit, report, names)
            for shelf in shelves
            if (unit := shelf.unit) and (names := names_of(unit, chain(self.register, unit.id)))
            for report, _, _ in shelf.read
        )

    def holding(self, unit: Unit, shelf: _Shelf, years: Mapping[str, set[int]], beside: Beside) -> Holding:
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
                lineage_changed=_changed(unit, report.year, years),
                withdrawn=withdrawn,
                beside=beside,
            )
            verdict = check(subject, source)
            filed.append(
                Filed(replace(subject, beside=None), verdict, data)
            )  # it holds what others must not read
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


def _misplaced(folder: UnitFolder) -> Iterator[Problem]:
    """A unit's folder must stand where its code says, or two could claim one address."""
    id_ = folder.id
    if not UNIT_ID.fullmatch(id_):
        hint = (
            "目录名是单位编号：九位区划代码（如 330411103），部门是六位代码、连字符和简称（如 330411-czj）。"
        )
        yield Problem((), f"“{id_}”不是单位编号", hint, rule="ID-CODE-FORM")
    elif folder.folder != (right := f"{id_[:2]}/{id_[:6]}/{id_}"):
        yield Problem(
            (), f"单位目录在 {folder.folder}，应在 {right}", f"把目录移到 reports/{right}。", rule="ID-PATH"
        )


def _changed(unit: Unit, year: int, years: Mapping[str, set[int]]) -> bool:
    """Whether last year's figures were shared with a unit that has merged into this one since."""
    return any(kin.year == year or _merged(years.get(kin.id, set()), year) for kin in unit.predecessors)


def _merged(years: set[int], year: int) -> bool:
    """Whether a unit reported for the last time on the year before."""
    return year - 1 in years and not any(later >= year for later in years)


def _original(report: Report, folder: UnitFolder) -> Problem | None:
    name = report.origin.file
    if not name or name in folder.originals:
        return None
    hint = f"把原件放到 {folder.folder}/source/{name}；没有原件就写 ~，并写上网址。"
    return Problem(("来源", "文件"), f"source 文件夹里没有“{name}”", hint, rule="YAML-PATH")
