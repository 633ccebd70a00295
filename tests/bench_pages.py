"""What every kind of page costs whoever opens it: `python -m tests.bench_pages [--reports N]`.

Each kind is opened as a phone on a slow line does (150 ms, 1.6 Mbit/s) with an empty cache, and Lighthouse gives its
marks in all four categories; of three rounds the median counts. With `--reports`, the largest pages of an archive of N synthetic reports follow. Times are
those of this machine: look at them when it is idle.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests import synthetic
from tests.pagework import CATEGORIES, FLAGS, View, first_view, lighthouse
from tests.peers.table import lines
from tests.sitework import NIANBAO, environment, served, workshop
from tests.test_site import KINDS

ROOT = Path(__file__).parent.parent
VENV = Path(sys.prefix)
ROUNDS = 3

SORTS = {
    "largest report": r"units/[^/]+/\d{4}/",
    "largest unit": r"units/[^/]+/",
    "largest year": r"years/\d{4}/",
    "largest province's year": r"years/\d{4}/\d{2}/",
    "largest province": r"regions/\d{2}/",
    "largest county": r"regions/\d{6}/",
    "search": r"search/",
}
"""Pages that grow with the archive, by their addresses."""

HEAD = ["page", "kB", "view kB", "asked", "shift", "LCP ms", *("perf", "access", "best", "seo")]


def largest(site: Path) -> dict[str, str]:
    """Of each sort the address of the largest page."""
    pages = [
        (path.stat().st_size, path.parent.relative_to(site).as_posix()) for path in site.rglob("index.html")
    ]
    found = {
        sort: [(size, f"{at}/") for size, at in pages if re.fullmatch(sort, f"{at}/")]
        for sort in SORTS.values()
    }
    return {name: max(found[sort])[1] for name, sort in SORTS.items() if found[sort]}


def measure(site: Path, kinds: Mapping[str, str]) -> Iterator[str]:
    """A table of some pages of a site."""
    chrome = Path((VENV / "browser").read_text(encoding="utf-8").strip())
    rows = {name: list[str]() for name in kinds}
    with served(site) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome, args=FLAGS)
        first_view(browser, url)  # a browser is slower with its first page
        for name, path in kinds.items():
            rows[name] = _row([first_view(browser, url + path) for _ in range(ROUNDS)])
        browser.close()
        pages = {name: url + path for name, path in kinds.items()}
        rounds = [list(lighthouse(chrome, VENV / "node/node_modules", pages)) for _ in range(ROUNDS)]
        for same in zip(*rounds, strict=True):
            rows[same[0].name] += [f"{median(one.marks[c] for one in same):.0f}" for c in CATEGORIES]
    yield from lines([HEAD, *([name, *row] for name, row in rows.items())])


def _row(views: list[View]) -> list[str]:
    bytes_ = max(view.page for view in views), max(view.bytes for view in views)
    largest_paint = median(view.largest for view in views)
    shift = max(view.shift for view in views)
    kilobytes = [f"{count / 1000:.1f}" for count in bytes_]
    return [*kilobytes, str(len(views[0].asked)), f"{shift:.3f}", f"{largest_paint:.0f}"]


def _built(archive: Path) -> Path:
    subprocess.run(NIANBAO, cwd=archive, env=environment(), stdout=subprocess.DEVNULL, check=True)
    return archive / "site"


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_pages", description=__doc__)
    parser.add_argument("--reports", type=int, default=0, help="also an archive of so many synthetic reports")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-pages-") as folder:
        site = _built(workshop(ROOT, Path(folder, "own")))
        print("\n".join(measure(site, KINDS)), flush=True)
        if options.reports:
            synthetic.archive(Path(folder, "synthetic"), options.reports)
            site = _built(Path(folder, "synthetic"))
            print("\n".join(["", f"{options.reports} reports", *measure(site, largest(site))]))


if __name__ == "__main__":
    main(sys.argv[1:])
