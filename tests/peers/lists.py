"""Pages of our built site that lead to reports -> what a peer is given of them: units, regions, years.

They show what no peer could work out from one report at a time: sums, spreads and rankings over many reports, a
unit's figures over the years, which years are missing. So it is handed them ready made.
"""

from __future__ import annotations

from pathlib import Path

from tests.peers import cut
from tests.peers.pages import Page


def ready_page(site: Path, folder: Path) -> Page:
    """The page that stands in a folder, handed over as it is."""
    page = (folder / "index.html").read_text(encoding="utf-8")
    address = folder.relative_to(site).as_posix() + "/"
    params = {"depth": address.count("/"), "article": cut.article(page)}
    return Page(address, "ready", cut.title(page), cut.description(page), params)
