"""One county -> its pages: those of its units and reports, its own, its share of each year. Runs in the workers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from time import perf_counter

from build_tools.api import API, county_documents
from build_tools.archive import Entry, Neighbours, chain, folder_chain, neighbours
from build_tools.county import County, Filed, Holding
from build_tools.export import Cells, Packing, tables_csv
from build_tools.facts import CountyFacts, facts_of, news_in
from build_tools.files import read_original
from build_tools.history import Chronicle
from build_tools.model import Unit
from build_tools.news import News, newest
from build_tools.originals.visible import visible
from build_tools.privacy import secrets
from build_tools.publish.site import Out, Site
from build_tools.publish.summary import Done, shares
from build_tools.render.coverage import Matrix
from build_tools.render.feeds import FEED, feed
from build_tools.render.former import withdrawn_page
from build_tools.render.mistakes import mistake_form
from build_tools.render.pages import (
    Page,
    Place,
    Share,
    county_page,
    flags,
    region_path,
    report_json,
    report_markdown,
    report_page,
    report_path,
    served,
    unit_page,
    unit_path,
    year_page,
)
from build_tools.render.rolls import COVERAGE, coverage_csv
from build_tools.render.sitemap import FOLDER as SITEMAPS
from build_tools.render.sitemap import sitemap, sitemap_name
from build_tools.render.units import Around
from build_tools.search.document import Document, document
from build_tools.search.run import Filing
from build_tools.store import ORIGINALS
from build_tools.tally import ledger


@dataclass(slots=True)
class Writing:
    """A county while its pages are written.

    `packing`, if there is one, takes the county in for the open data. `asked` gathers which units elsewhere the
    archive was asked for, and whether it had them; `seconds` what each report took, by file; `past` is what is known
    of the changes of reports.
    """

    site: Site
    county: County
    out: Out
    packing: Packing | None = None
    asked: dict[str, bool] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    past: Chronicle = field(default_factory=dict)

    def write(self) -> Done:
        """Write every page of the county; gives what the lists need to know of it."""
        self.past = self.site.history.of(self.county.code)
        facts = facts_of(self.county, self.past, self.site.former)
        entries = {(entry.unit, entry.year): entry for entry in facts.entries}
        around = neighbours(entries.values())
        for holding in self.county.holdings:
            self._unit(holding, [entries[holding.unit.id, f.subject.report.year] for f in holding.filed])
            for filed in holding.filed:
                self._report(filed, entries[holding.unit.id, filed.subject.report.year], around)
        self._lists(facts)
        site = self.site
        documents = county_documents(site.register, self.county, entries, site.former, self._holds)
        self.out.put(API, list(documents))
        done = Done(facts, self.county.errors)
        if self.site.site_url:
            text = sitemap(self.site.site_url, _addresses(done))
            self.out.put(SITEMAPS, [(sitemap_name(done.code), text)])
        return done

    def _lists(self, facts: CountyFacts) -> None:
        """The county's own page, and its share of each year."""
        register, own = self.site.register, ledger(facts)
        units = [holding.unit for holding in self.county.holdings]
        chained = folder_chain(register, facts.code)
        withdrawn = [gone for unit in units for gone in self.site.former.of(unit.id)]
        matrix = Matrix(units, facts.entries, withdrawn, self.site.now, self.county.roll)
        page = county_page(chained, own, matrix)
        beside = [(COVERAGE, coverage_csv(matrix))] if matrix.years else []
        self.site.write(self.out, page, (FEED, self._feed(page, facts.news)), *beside)
        for year, county in shares(register, facts.code, facts.entries):
            figures = [report for report in facts.reports if report.entry.year == year]
            share = Share(county.chain, own, [county], figures=figures)
            self.site.write(self.out, year_page(year, share, sorted(own.years), register))

    def filings(self, entries: Sequence[Entry]) -> list[Filing]:
        """The county as the search takes it in, but units in a folder that is not theirs: a preview may have some."""
        found = {(entry.unit, entry.year): entry for entry in entries}
        return [
            Filing(holding.unit, tuple(_document(filed, found) for filed in holding.filed))
            for holding in self.county.holdings
            if holding.unit.county == self.county.code
        ]

    def _unit(self, holding: Holding, own: Sequence[Entry]) -> None:
        unit = holding.unit
        reports = [filed.subject.report for filed in holding.filed]
        chained = chain(self.site.register, unit.id)
        withdrawn = self.site.former.of(unit.id)
        merged = {filed.subject.report.year for filed in holding.filed if filed.subject.lineage_changed}
        around = Around(self._kin(unit), withdrawn, merged, self.site.now, self.county.roll)
        page = unit_page(unit, own, reports, chained, around)
        news = newest(news_in(holding, self.past, self.site.former))
        self.site.write(self.out, page, (FEED, self._feed(page, news)))
        for gone in withdrawn:
            self.site.write(self.out, withdrawn_page(gone, unit, chained))
        if self.packing:
            self.packing.unit(unit, unit_path(unit.id))

    def _kin(self, unit: Unit) -> dict[str, str]:
        """What its kin is called, if it has a page; one that is elsewhere, by its id."""
        kin = [one.id for one in (*unit.predecessors, *unit.successors)]
        here = {one.unit.id: one.unit.name for one in self.county.holdings if one.unit.id in kin}
        return {id_: here.get(id_, id_) for id_ in kin if self._holds(id_)}

    def _feed(self, page: Page, news: Sequence[News]) -> str:
        return feed(page.path + FEED, page.path, page.title, news, self.site.site_url)

    def _holds(self, unit: str) -> bool:
        self.asked[unit] = self.site.store.holds(unit)
        return self.asked[unit]

    def _report(self, filed: Filed, entry: Entry, around: Mapping[tuple[str, int], Neighbours]) -> None:
        start = perf_counter()
        subject, report = filed.subject, filed.subject.report
        before, after = around[report.unit, report.year]
        original, data = self._original(filed)
        place = Place(
            chain=chain(self.site.register, report.unit),
            years=tuple(r.year for r in subject.series),
            before=before,
            after=after,
            edit=f"{self.site.edit_base}reports/{subject.file}" if self.site.edit_base else "",
            issue=mistake_form(self.site.issue_form, report, self.site.site_url),
            original=original,
            sha256=sha256(filed.data).hexdigest(),
            address=self.site.site_url and f"{self.site.site_url}{report_path(report.unit, report.year)}",
            past=self.site.history.past(self.past.get((report.unit, report.year), ())),
        )
        page = report_page(subject, filed.verdict, place)
        told, cells = report_json(report, filed.verdict), Cells.of(report, flags(report, filed.verdict))
        self.site.write(
            self.out,
            page,
            ("index.md", report_markdown(report)),
            ("report.json", told),
            ("tables.csv", tables_csv(cells)),
            ("report.yml", filed.data),
        )
        if original:
            self.out.put(f"{page.path}{ORIGINALS}/", [(served(original), data)])
        if self.packing:
            self.packing.report(filed, entry, page.path, told, cells)
        self.seconds[subject.file] = perf_counter() - start

    def _original(self, filed: Filed) -> tuple[str, bytes]:
        """The name and bytes of the archived original; none where something is masked, or it tells who made it."""
        name, known = filed.subject.report.origin.file, filed.subject.original
        if not name or filed.verdict.private or (known and known.traces):
            return "", b""
        data = read_original((self.site.store.reports / filed.subject.file).parent / ORIGINALS / name)
        text = known is None or known.text  # in packed bytes there is nothing to be found, which takes long
        return ("", b"") if text and secrets(visible(data)) else (name, data)


def _addresses(done: Done) -> Iterator[str]:
    """What search engines should know of a county: its page, its units, its reports."""
    yield region_path(done.code)
    yield from (unit_path(unit.id) for unit in done.facts.units)
    yield from (report_path(entry.unit, entry.year) for entry in done.entries)


def _document(filed: Filed, entries: Mapping[tuple[str, int], Entry]) -> tuple[Entry, Document]:
    report = filed.subject.report
    return entries[report.unit, report.year], document(report, filed.verdict)
