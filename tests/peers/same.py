"""Whether a peer's site holds what ours holds: the same pages, and on a sample the same cells and sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

FOLDERS = ("units", "regions", "years")
"""Where the archive's pages stand; the hand-written ones beside them are not asked of a peer."""

DOCUMENTS = ("index.md", "report.json", "tables.csv")

_CELL = re.compile(r'<td id="([^"]+)" data-state="(\w+)"[^>]*>(.*?)</td>')
_TAG = re.compile(
    r"<script.*?</script>|<a class=\"mark\" id=\"words-.*?</a>|<a class=\"back\" href=\"#words-.*?</a>|<[^>]*>"
    r"| · https?://[^<]*(?=</p>)",
    re.DOTALL,
)
"""What is no word of a page: markup, data for search engines, the page's own address on paper; marks within prose,
which a peer is not asked for."""


def pages(site: Path) -> set[str]:
    """The addresses of the archive's pages."""
    return {
        path.parent.relative_to(site).as_posix()
        for folder in FOLDERS
        for path in (site / folder).rglob("index.html")
    }


def faults(ours: Path, theirs: Path, *, sample: int = 100, documents: bool) -> Iterator[str]:
    """What the peer's site lacks or has otherwise; nothing if it may be compared with ours."""
    own, other = pages(ours), pages(theirs)
    if own != other:
        yield f"pages: {len(own - other)} missing, {len(other - own)} too many, such as {min(own ^ other)}"
        return
    reports = sorted(path for path in own if (ours / path / "report.json").exists())
    for path in [*_some(reports, sample), *_some(sorted(own.difference(reports)), sample)]:
        here, there = ((site / path / "index.html").read_text(encoding="utf-8") for site in (ours, theirs))
        if cells(here) != cells(there):
            yield f"{path}: other cells"
        if words(here) != words(there):
            yield f"{path}: other words"
    if documents:
        yield from _documents(ours, theirs, reports, sample)


def _documents(ours: Path, theirs: Path, reports: list[str], sample: int) -> Iterator[str]:
    for path in reports:
        yield from (f"{path}/{name}: missing" for name in DOCUMENTS if not (theirs / path / name).is_file())
    for path in _some(reports, sample):
        here, there = (
            {n: (s / path / n).read_text(encoding="utf-8") for n in DOCUMENTS} for s in (ours, theirs)
        )
        same = {
            "index.md": words(here["index.md"]) == words(there["index.md"]),
            "report.json": json.loads(here["report.json"]) == json.loads(there["report.json"]),
            "tables.csv": here["tables.csv"] == there["tables.csv"],
        }
        yield from (f"{path}/{name}: other content" for name, equal in same.items() if not equal)


def _some(paths: list[str], sample: int) -> list[str]:
    """So many, spread evenly."""
    return paths[:: max(len(paths) // sample, 1)]


def cells(page: str) -> dict[str, tuple[str, str]]:
    """State and text of each cell by its id."""
    return {id_: (state, words(text)) for id_, state, text in _CELL.findall(page)}


def words(page: str) -> str:
    """The page's text without white space. Stars are left out: CommonMark leaves some of `**…。**` as they are."""
    return re.sub(r"[\s*]+", "", unescape(_TAG.sub("", page)))
