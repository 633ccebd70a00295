"""The comparison page: what is to be read without scripts, and the places that overrides/assets/compare/*.js fill."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.model import Division
from build_tools.render.engine import fill
from build_tools.render.page import Links, Page

COMPARE = "compare/"
"""Where the comparison page stands."""

SCRIPTS = (
    *(f"search/{name}" for name in ("text", "files", "archive", "spelling", "suggest", "view")),
    *(f"compare/{name}" for name in ("address", "rows", "columns", "choose", "view", "chosen", "page")),
)
"""The scripts of the page, in the order they are loaded: each uses only those before it. Some are the search's."""


def compare_page(start: str, version: str, places: Sequence[Division], years: Sequence[int]) -> Page:
    """The page that finds units by the search index whose first file is `start`; without an index it has no box.

    `version`, `places` and `years` as on the search page.
    """
    body = fill(
        "compare.html.jinja",
        start=start,
        version=version,
        places=places,
        years=sorted(years, reverse=True),
        scripts=SCRIPTS,
        go=Links(COMPARE),
    )
    return Page(COMPARE, "对比", "几份年报并排放着看：任何单位、任何年度的表格和正文。", body)
