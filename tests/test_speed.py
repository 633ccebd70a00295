"""Every kind of page is small and stands still, and Lighthouse has hardly anything to say of it.

Bytes and shifts are the same each time; how long a page takes is measured by `make bench-pages`, never tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import bench_pages
from tests.pagework import TIMELESS, Marks, first_view, lighthouse
from tests.sitework import served
from tests.test_site import KINDS

pytestmark = pytest.mark.xdist_group("speed")

PAGE, VIEW, MARK = 25_000, 70_000, 95
"""Bytes of a page without styles and scripts, and of its first view with all it needs, packed; the least mark."""


@pytest.mark.parametrize("width", [412, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_first_view(browser: Browser, address: str, kind: str, width: int) -> None:
    """What comes over the line, and that nothing moves while it comes."""
    view = first_view(browser, address + KINDS[kind], width=width)
    assert [url for url in view.asked if not url.startswith(address)] == []
    assert view.page <= PAGE
    assert view.bytes <= VIEW, view.asked
    assert view.shift == 0
    assert view.largest > 0


@pytest.fixture(scope="module")
def marks(browser_path: Path, node_path: Path, address: str) -> Mapping[str, Marks]:
    """Lighthouse's marks of every kind of page."""
    pages = {kind: address + path for kind, path in KINDS.items()}
    return {found.name: found for found in lighthouse(browser_path, node_path, pages, TIMELESS)}


@pytest.mark.parametrize("kind", KINDS)
def test_lighthouse(marks: Mapping[str, Marks], kind: str) -> None:
    """Accessibility, best practices, and what search engines want."""
    found = marks[kind]
    assert set(found.marks) == set(TIMELESS)
    assert min(found.marks.values()) >= MARK, found.faults


def test_a_page_that_is_none_of_this(browser: Browser, tmp_path: Path) -> None:
    """A heavy page whose text is pushed down is seen as such."""
    late = "<script>setTimeout(() => document.body.prepend(document.createElement('hr')), 300)</script>"
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><title>a</title><p>{'字' * 2000}</p>{late}", encoding="utf-8")
    view = first_view(browser, page.as_uri())
    assert view.shift > 0


def test_lighthouse_that_cannot(browser_path: Path, node_path: Path, tmp_path: Path) -> None:
    """A page that is not there is no page with bad marks."""
    with served(tmp_path) as url, pytest.raises(RuntimeError, match="404"):
        list(lighthouse(browser_path, node_path, {"nothing": f"{url}nothing/"}, TIMELESS))


def test_largest_pages(site: Path) -> None:
    """The bench takes of each sort the page with most bytes."""
    found = bench_pages.largest(site)
    assert set(found) == set(bench_pages.SORTS)
    sizes = {path: path.stat().st_size for path in site.glob("units/*/*/index.html")}
    assert site / found["largest report"] / "index.html" == max(sizes, key=lambda path: sizes[path])
