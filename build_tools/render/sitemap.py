"""Lists of addresses for search engines, as sitemaps.org has them: one per county, and one of these lists."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape

INDEX = "sitemap.xml"
"""The list of lists, where search engines look for it."""

FOLDER = "sitemap/"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap_name(part: str) -> str:
    """The name of a part's list, in its folder."""
    return f"{part}.xml"


def sitemap(site_url: str, paths: Iterable[str]) -> str:
    """The addresses of pages at some paths from the top of the site, which stands at `site_url`."""
    return f"{_HEAD}<urlset {_SPACE}>\n{_entries('url', site_url, paths)}</urlset>\n"


def sitemap_index(site_url: str, parts: Iterable[str]) -> str:
    """The addresses of the parts' lists."""
    paths = (FOLDER + sitemap_name(part) for part in parts)
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{_entries('sitemap', site_url, paths)}</sitemapindex>\n"


def _entries(tag: str, site_url: str, paths: Iterable[str]) -> str:
    base = f"{site_url.rstrip('/')}/"
    return "".join(f"<{tag}><loc>{escape(base + quote(path))}</loc></{tag}>\n" for path in paths)
