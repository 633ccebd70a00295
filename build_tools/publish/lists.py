"""The pages and the API's files above the counties: provinces, and above them home, years, regions, search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from build_tools.api import API, Counts, archive_documents, region_documents
from build_tools.due import in_force
from build_tools.export import DATA, slices
from build_tools.export.lines import to_json
from build_tools.publish.country import Country
from build_tools.publish.hub import Hub, scripts_in
from build_tools.publish.provinces import Province
from build_tools.publish.site import Out, Site
from build_tools.publish.summary import Above
from build_tools.render.calendar import CALENDAR, calendar
from build_tools.render.compare import COMPARE
from build_tools.render.feeds import ALL, FEED, feed
from build_tools.render.pages import Page, compare_page, region_path, search_page, submit_page
from build_tools.render.search import SEARCH
from build_tools.render.sitemap import FOLDER as SITEMAPS
from build_tools.render.sitemap import INDEX, sitemap, sitemap_index, sitemap_name
from build_tools.render.submit import ALONE, ASSETS, SUBMIT, alone, form_files
from build_tools.search.shards import name_of
from build_tools.shell import HOME, ShellError


def lists(site: Site, hub: Hub, country: Country, out: Out) -> None:
    """Write them, but those of provinces, and search and comparison, which hang on the index."""
    pages = list(country.pages())
    for page in pages:
        site.write(out, page)
    out.put("", [(HOME, home(hub.home, country))])
    put_documents(site, country, out)
    put_feeds(site, country, out)
    put_submit(site, hub.folder, out)
    if not site.search:
        for page in _searchless(site, country.above, "", hub.folder):
            site.write(out, page)
    asking = [*([SEARCH + HOME] if site.search else []), COMPARE + HOME]
    asking += [SUBMIT + HOME] if _fills_in(hub.folder) else []
    data = [f"{folder}{HOME}" for folder in _data(site, country)]
    put_sitemaps(site, [*hub.files, *(page.path + HOME for page in pages), *asking, *data], country, out)


def put_documents(site: Site, country: Country, out: Out) -> None:
    """Write the API's files that no province and no county makes."""
    counts = Counts(country.reports, country.units, country.by_year)
    out.put(API, list(archive_documents(counts, country.regions, changes=site.history.told)))


def _data(site: Site, country: Country) -> Iterator[str]:
    """Where the pages of the open data stand."""
    yield DATA
    if site.data:
        yield from (one.folder for one in slices(country.counties, country.years, site.register))


def province_lists(site: Site, province: Province, out: Out) -> None:
    """Write the pages of a province and its prefectures, and what the API says of them."""
    paths = []
    for page in province.pages():
        site.write(out, page, *_beside(site, province, page))
        paths.append(page.path)
    out.put(API, list(region_documents(site.register, province.below())))
    if site.site_url:
        out.put(
            SITEMAPS, [(sitemap_name(part_of_province(province.code)), sitemap(site.site_url, sorted(paths)))]
        )


def put_feeds(site: Site, country: Country, out: Out) -> None:
    """What is new in all of the archive, and until when reports have to be public."""
    out.put("", [(ALL, feed(ALL, "", "政府信息公开年报档案", country.news, site.site_url))])
    out.put("", [(CALENDAR, calendar(in_force()))])


def _beside(site: Site, province: Province, page: Page) -> Iterator[tuple[str, str]]:
    """The feed of the region that a page is about."""
    for code, news in province.news.items():
        if page.path == region_path(code):
            yield FEED, feed(page.path + FEED, page.path, page.title, news, site.site_url)


def part_of_province(code: str) -> str:
    """The name of the part of the site that has a province's pages."""
    return f"province-{code}"


def asking_pages(site: Site, above: Above, start: str, theme: Path) -> tuple[Page, ...]:
    """Search, comparison and form page; `start` is the path of the index's first file, `theme` holds the scripts."""
    search = search_page(start, name_of(scripts_in(theme)), above.provinces, above.years)
    return search, *_searchless(site, above, start, theme)


def _searchless(site: Site, above: Above, start: str, theme: Path) -> Iterator[Page]:
    """The pages that find units by the index, if there is one."""
    yield compare_page(start, name_of(scripts_in(theme)), above.provinces, above.years)
    if _fills_in(theme):
        yield submit_page(start, _version(theme), site.now, site.edit_base)


def put_submit(site: Site, theme: Path, out: Out) -> None:
    """Write what stands beside the form page: the forms, and the page as one file."""
    if not _fills_in(theme):
        return
    out.put(SUBMIT, [(name, f"{to_json(form)}\n") for name, form in form_files()])
    out.put(SUBMIT, [(ALONE, alone(partial(_asset, theme), site.now, site.edit_base, site.base))])


def _fills_in(theme: Path) -> bool:
    """Whether a theme has the form page's scripts: one made by other people need not."""
    return all((theme / "assets" / name).is_file() for name in ASSETS)


def _asset(theme: Path, name: str) -> str:
    return (theme / "assets" / name).read_text(encoding="utf-8")


def _version(theme: Path) -> str:
    """Stands for the scripts and styles of the form page."""
    return name_of("".join(_asset(theme, name) for name in ASSETS).encode())


def put_sitemaps(site: Site, files: Iterable[str], country: Country, out: Out) -> None:
    """What search engines should know of the pages among these files, and where the counties say theirs."""
    if site.site_url:
        pages = sorted(path.removesuffix(HOME) for path in files if path == HOME or path.endswith(f"/{HOME}"))
        out.put(SITEMAPS, [(sitemap_name("lists"), sitemap(site.site_url, pages))])
        parts = ["lists", *map(part_of_province, country.provinces), *country.counties]
        out.put("", [(INDEX, sitemap_index(site.site_url, parts))])


def home(page: str, country: Country) -> str:
    """The home page with its places, `<div data-fill="newest"></div>`, filled."""
    for name, html in country.home().items():
        place = f'<div data-fill="{name}"></div>'
        if (found := page.count(place)) != 1:
            raise ShellError(f"docs/index.md 里 {place} 出现了 {found} 次。原样写上一次，不多不少。")
        page = page.replace(place, html)
    return page
