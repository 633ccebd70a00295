"""What is new of some reports -> an Atom feed (RFC 4287).

Ids say which report or which list it is, wherever the site stands: they never change. Links are absolute where the
site's address is known, else relative to the feed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID, uuid5

from build_tools.news import News
from build_tools.render.engine import fill
from build_tools.render.page import Links, report_path

FEED = "atom.xml"
"""The name of a feed beside the page of a unit or a region."""

ALL = "feeds/all.xml"
"""The feed of the whole archive, from the top of the site."""

_NAMES = UUID("2d3d2c7e-5f0a-4c55-9a0b-3c6a1b2f7e11")  # chosen once, by lot
_EPOCH = "1970-01-01T00:00:00Z"  # a feed without entries has to say something
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


@dataclass(frozen=True, slots=True)
class Addresses:
    """How a feed at `path` writes addresses; `site` is the address of the site, or empty."""

    path: str
    site: str

    def __call__(self, target: str) -> str:
        """The address of what stands at `target`, a path from the top of the site."""
        if self.site:
            return f"{self.site.rstrip('/')}/{quote(target)}"
        return Links(self.path)(target)

    def report(self, one: News) -> str:
        """The address of a report's page."""
        return self(report_path(one.unit, one.year))


def feed(path: str, page: str, title: str, news: Sequence[News], site: str) -> str:
    """The feed at `path` of what the page at `page` leads to; `news` are the newest first."""
    text = fill(
        "atom.xml.jinja",
        id=urn(path),
        title=title,
        updated=news[0].updated if news else _EPOCH,
        news=news,
        own=path,
        page=page,
        go=Addresses(path, site),
        urn=urn,
    )
    return _ILLEGAL.sub("", text)


def urn(name: str) -> str:
    """An id for something that the archive calls by this name."""
    return uuid5(_NAMES, name).urn
