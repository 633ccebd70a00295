"""The search page: what is to be read without scripts, and the places that overrides/assets/search/*.js fill."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.model import Division
from build_tools.render.engine import fill
from build_tools.render.page import Links, Page

SEARCH = "search/"
"""Where the search page stands; its index lies beside it in `index/`."""

SCRIPTS = (
    "text",
    "files",
    "archive",
    "postings",
    "spelling",
    "terms",
    "query",
    "facets",
    "blocks",
    "confirm",
    "suggest",
    "state",
    "view",
    "csv",
    "filters",
    "list",
    "around",
    "page",
)
"""The scripts of the page, in the order they are loaded: each uses only those before it."""


def search_page(start: str, version: str, places: Sequence[Division], years: Sequence[int]) -> Page:
    """The page that searches by the index whose first file is `start`, a path from the top of the site.

    `version` stands for the scripts, so that no browser runs old ones on a new index. `places` are the
    provinces the archive has reports of and `years` their years: the lists that lead to reports where no
    script runs.
    """
    body = fill(
        "search.html.jinja",
        start=start,
        version=version,
        places=places,
        years=sorted(years, reverse=True),
        scripts=SCRIPTS,
        go=Links(SEARCH),
    )
    return Page(SEARCH, "搜索", "在全部年报里找地名、词句和数字，按年度、地区、级别和格式筛选。", body)
