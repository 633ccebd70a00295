"""Pages of our built site that lead to reports -> what a peer is given of them: units, regions, years.

Regions and years show sums, spreads and rankings over many reports, and units their figures over the years. A peer
could not work these out from one report at a time, so that it is handed them ready made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from tests.peers import cut
from tests.peers.pages import Page, Seen

FOLDERS = ("regions", "years")

_RECORD = re.compile(r'<div><dt>(.*?)</dt><dd>(.*?)(?:<span class="aside">(.*?)</span>)?</dd></div>')


def unit_page(unit: str, page: str, seen: Seen) -> Page:
    """A unit: its record, its years with the gaps between, and ready made its figures over the years."""
    own = seen.entries[unit]
    params = {
        "unit": unit,
        "chain": [pair for pair in seen.chains[unit] if pair[0] != unit],
        "own": unit in (code for code, _ in seen.chains[unit]),
        "record": [[unescape(text) for text in line] for line in _RECORD.findall(page)],
        "count": len(own),
        "rows": [
            own.get(year, {"year": year}) for year in range(max(own, default=0), min(own, default=1) - 1, -1)
        ],
        "course": cut.course(page),
    }
    return Page(f"units/{unit}/", "unit", seen.names[unit], cut.description(page), params)


def lists(site: Path) -> Iterator[Page]:
    """Every region and every year: what is in them is handed over as it is."""
    for path in sorted(path for folder in FOLDERS for path in (site / folder).rglob("index.html")):
        address = path.parent.relative_to(site).as_posix() + "/"
        page = path.read_text(encoding="utf-8")
        params = {"depth": address.count("/"), "article": cut.article(page)}
        yield Page(address, "ready", cut.title(page), cut.description(page), params)
