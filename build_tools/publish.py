"""The archive -> pages in the site: a pool of workers takes a county each; what remains are lists of counts.

Pages of units, reports and counties are written where their county is read. Only findings, entries of years
that fit on one page, and counts per county and year come back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from build_tools.archive import Entry, Neighbours, Register, chain, folder_chain, neighbours
from build_tools.check import place
from build_tools.county import County, Filed, Holding, read_county
from build_tools.diagnostics.text import text
from build_tools.files import copy, put
from build_tools.finding import Severity
from build_tools.model import Report
from build_tools.render.pages import (
    CountyYear,
    Page,
    Place,
    county_page,
    report_json,
    report_markdown,
    report_page,
    search_page,
    served,
    tables_csv,
    unit_page,
    year_county_page,
)
from build_tools.search.document import document
from build_tools.search.index import put_index, put_run
from build_tools.search.run import Filing
from build_tools.search.shards import name_of
from build_tools.shell import Shell, ShellError
from build_tools.store import ORIGINALS, Store
from build_tools.summary import Done, Summary
from build_tools.workers import spread

SCRIPT_FOLDER = "assets/search"
"""Where MkDocs has put the scripts of the search page."""

_TOLD = 200  # findings printed when a build stops; more would only scroll by


_Around = Mapping[tuple[str, int], Neighbours]


class BadReportsError(Exception):
    """The archive has errors that nobody has acknowledged; the message lists them with their places."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the archive comes from, the shells by depth, and the folder the site grows in.

    A `preview` does not stop at errors: their reports are shown with them, as far as they can be read.
    """

    store: Store
    register: Register
    now: int
    shells: Mapping[int, Shell]
    target: Path
    edit_base: str = ""
    preview: bool = False

    def write(self, page: Page, *beside: tuple[str, str | bytes]) -> None:
        """Put a page into its shell and write it, with the files that stand beside it."""
        shell = self.shells[page.path.count("/")]
        html = shell.fill(path=page.path, title=page.title, description=page.description, body=page.body)
        put(self.target, page.path, [("index.html", html), *beside])


def publish(site: Site, workers: int | None = None) -> str:
    """Write every page of the archive and say what was written; raise BadReportsError for errors."""
    summary = Summary(site.register)
    strays = tuple(place(problem, None, file) for file, problem in site.store.strays())
    summary.add(Done((), (), strays))
    for done in spread(_county, site, site.store.counties(), workers=workers):
        summary.add(done)
    if summary.errors and not site.preview:
        raise BadReportsError(_list(site.store, summary))
    for page in summary.pages():
        site.write(page)
    _search(site, summary, workers)
    _home(site, summary)
    told = f"{summary.reports} reports of {summary.units} units on {len(summary.years)} years"
    return f"{told}\n{_list(site.store, summary)}" if summary.errors else told


def _county(site: Site, job: tuple[str, Path]) -> Done:
    county = read_county(site.store, site.store.county(*job), site.register, site.now)
    errors = tuple(f for f in county.findings if f.blocks)
    chained = folder_chain(site.register, county.code)
    if errors and not (site.preview and chained):
        return Done((), (), errors)
    listed = (_entry(filed) for h in county.holdings for filed in h.filed)
    entries = {(entry.unit, entry.year): entry for entry in listed}
    around = neighbours(entries.values())
    for holding in county.holdings:
        _unit(site, holding, entries, around)
    site.write(county_page(chained, [h.unit for h in county.holdings], tuple(entries.values())))
    # In a preview a unit may lie in a folder that is not its own: the search cannot number it there.
    found = [_filing(holding, entries) for holding in county.holdings if holding.unit.county == county.code]
    put_run(site.target, county.code, found)
    years = tuple(_years(site, county, tuple(entries.values())))
    return Done(tuple(h.unit.id for h in county.holdings), years, errors)


def _years(site: Site, county: County, entries: tuple[Entry, ...]) -> Iterator[tuple[int, CountyYear]]:
    """The county's share of each year; its page is written although only years too large for one page link it."""
    for year in sorted({entry.year for entry in entries}):
        own = tuple(entry for entry in entries if entry.year == year)
        share = CountyYear(folder_chain(site.register, county.code), len(own), own)
        site.write(year_county_page(year, share))
        yield year, share


def _unit(site: Site, holding: Holding, entries: Mapping[tuple[str, int], Entry], around: _Around) -> None:
    own = [entry for entry in entries.values() if entry.unit == holding.unit.id]
    known = {
        kin.id for kin in (*holding.unit.predecessors, *holding.unit.successors) if site.store.holds(kin.id)
    }
    site.write(unit_page(holding.unit, own, chain(site.register, holding.unit.id), known))
    for filed in holding.filed:
        _report(site, filed, around)


def _filing(holding: Holding, entries: Mapping[tuple[str, int], Entry]) -> Filing:
    """The unit and its reports as the search takes them in."""
    documents = (
        (entries[holding.unit.id, filed.subject.report.year], document(filed.subject.report, filed.verdict))
        for filed in holding.filed
    )
    return Filing(holding.unit, tuple(documents))


def _search(site: Site, summary: Summary, workers: int | None) -> None:
    """Write the search index and its page, which lists provinces and years for those without scripts."""
    start = put_index(site.target, site.register, workers)
    scripts = b"".join(path.read_bytes() for path in sorted((site.target / SCRIPT_FOLDER).glob("*.js")))
    site.write(search_page(start, name_of(scripts), summary.provinces(), list(summary.years)))


def _report(site: Site, filed: Filed, around: _Around) -> None:
    subject, report = filed.subject, filed.subject.report
    before, after = around[report.unit, report.year]
    page = report_page(
        subject,
        filed.verdict,
        Place(
            chain=chain(site.register, report.unit),
            years=tuple(r.year for r in subject.series),
            before=before,
            after=after,
            edit=f"{site.edit_base}reports/{subject.file}" if site.edit_base else "",
            original=report.origin.file,
        ),
    )
    site.write(
        page,
        ("index.md", report_markdown(report)),
        ("report.json", report_json(report, filed.verdict)),
        ("tables.csv", tables_csv(report)),
        ("report.yml", (site.store.reports / subject.file).read_bytes()),
    )
    if report.origin.file:
        _original(site, page.path, subject.file, report.origin.file)


def _original(site: Site, path: str, file: str, name: str) -> None:
    original = (site.store.reports / file).parent / ORIGINALS / name
    copy(original, site.target / path / ORIGINALS / served(name))


def _entry(filed: Filed) -> Entry:
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
        requests=_requests(report),
        errors=open_ones.count(Severity.ERROR),
        warnings=open_ones.count(Severity.WARNING),
        waived=sum(bool(f.waived) for f in filed.verdict.findings),
    )


def _requests(report: Report) -> int | None:
    """Requests received in the year, where the report's form asks for them and a number was printed."""
    if report.form.received is None:
        return None
    table, row, column = report.form.received
    cell = report.tables[table].cell(row, column)
    return cell.value if cell and isinstance(cell.value, int) else None


def _list(store: Store, summary: Summary) -> str:
    errors = sorted(summary.errors)
    told = text(*store.shown(errors[:_TOLD]))
    more = len(errors) - _TOLD
    return told if more <= 0 else f"{told}另有 {more} 个错误没有列出；运行 make check 看全部。\n"


def _home(site: Site, summary: Summary) -> None:
    """Fill the home page's placeholders, `<div data-fill="newest"></div>`."""
    path = site.target / "index.html"
    page = path.read_text(encoding="utf-8")
    for name, html in summary.home().items():
        place = f'<div data-fill="{name}"></div>'
        if page.count(place) != 1:
            raise ShellError(f"docs/index.md must hold {place} once")
        page = page.replace(place, html)
    path.write_text(page, encoding="utf-8", newline="\n")
