"""The pages above the counties: home, years, regions, search, comparison; and the API's files."""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.api import API, Counts, list_documents
from build_tools.publish.hub import Hub
from build_tools.publish.site import Out, Site
from build_tools.publish.summary import Above, Summary
from build_tools.render.compare import COMPARE
from build_tools.render.pages import Page, compare_page, search_page
from build_tools.render.search import SEARCH
from build_tools.render.sitemap import FOLDER as SITEMAPS
from build_tools.render.sitemap import INDEX, sitemap, sitemap_index, sitemap_name
from build_tools.search.shards import name_of
from build_tools.shell import HOME, ShellError


def lists(site: Site, hub: Hub, summary: Summary, out: Out) -> None:
    """Write them, but the pages of search and comparison, which hang on the index."""
    pages = list(summary.pages())
    for page in pages:
        site.write(out, page)
    out.put("", [(HOME, home(hub.home, summary))])
    put_documents(site, summary, out)
    if not site.search:
        site.write(out, _compare(summary.above, "", hub.scripts))
    asking = [SEARCH + HOME, COMPARE + HOME] if site.search else [COMPARE + HOME]
    put_sitemaps(site, [*hub.files, *(page.path + HOME for page in pages), *asking], summary, out)


def asking_pages(above: Above, start: str, scripts: bytes) -> tuple[Page, Page]:
    """Search and comparison; `start` is the path of the index's first file, `scripts` are those of both pages."""
    search = search_page(start, name_of(scripts), above.provinces, above.years)
    return search, _compare(above, start, scripts)


def put_documents(site: Site, summary: Summary, out: Out) -> None:
    """The API's files that no county makes."""
    counts = Counts(summary.reports, summary.units, summary.years)
    out.put(API, list(list_documents(site.register, counts, summary.below())))


def _compare(above: Above, start: str, scripts: bytes) -> Page:
    return compare_page(start, name_of(scripts), above.provinces, above.years)


def put_sitemaps(site: Site, files: Iterable[str], summary: Summary, out: Out) -> None:
    """What search engines should know of the pages among these files, and where the counties say theirs."""
    if site.site_url:
        pages = sorted(path.removesuffix(HOME) for path in files if path == HOME or path.endswith(f"/{HOME}"))
        out.put(SITEMAPS, [(sitemap_name("lists"), sitemap(site.site_url, pages))])
        out.put("", [(INDEX, sitemap_index(site.site_url, ["lists", *summary.counties]))])


def home(page: str, summary: Summary) -> str:
    """The home page with its places, `<div data-fill="newest"></div>`, filled."""
    for name, html in summary.home().items():
        place = f'<div data-fill="{name}"></div>'
        if (found := page.count(place)) != 1:
            raise ShellError(f"docs/index.md 里 {place} 出现了 {found} 次。原样写上一次，不多不少。")
        page = page.replace(place, html)
    return page
