"""What is new of some reports -> an Atom feed (RFC 4287).

Ids say which report or which list it is, wherever the site stands: they never change. Links are absolute where the
site's address is known, else relative to the feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID, uuid5

from build_tools.former import Moved
from build_tools.news import MOST, News
from build_tools.render.engine import fill
from build_tools.render.page import Links, Page, report_path, unit_path

FEED = "atom.xml"
"""The name of a feed beside the page of a unit or a region."""

ALL = "feeds/all.xml"
"""The feed of the whole archive, from the top of the site."""

ARCHIVE = "政府信息公开年报档案"
"""Who writes the feeds, and what no unit is the author of."""

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


class Entry(NamedTuple):
    """An entry of a feed: `name` is what its id is made of, `to` the path it leads to, `updated` a time in UTC."""

    name: str
    title: str
    updated: str
    author: str
    to: str
    told: str


def entry_of(one: News) -> Entry:
    """What a feed tells of a report."""
    told = one.told or f"{one.name}{one.year}年度的报告。"
    to = report_path(one.unit, one.year)
    return Entry(f"{one.unit}/{one.year}", one.title, one.updated, one.name, to, told)


def entry_of_moved(one: Moved) -> Entry:
    """What the feed at a former address tells: where to go on reading."""
    to = unit_path(one.new.unit)
    told = f"{one.date} 移到 /{to}：{one.reason}。这里不再更新，请改订那里的。"
    return Entry(f"{one.old} {one.new}", f"已移到 /{to}", f"{one.date}T00:00:00Z", ARCHIVE, to, told)


def feed(path: str, page: str, title: str, news: Sequence[News], site: str) -> str:
    """The feed at `path` of what the page at `page` leads to; `news` are the newest first."""
    return _feed(path, page, title, [entry_of(one) for one in news], site)


def moved_feed(page: Page, moved: Iterable[Moved], site: str) -> str:
    """The feed beside a page at a former address: an entry for each unit that has moved from there."""
    newest = sorted(map(entry_of_moved, moved), key=lambda one: (one.updated, one.name), reverse=True)
    return _feed(page.path + FEED, page.path, page.title, newest[:MOST], site)


def _feed(path: str, page: str, title: str, entries: Sequence[Entry], site: str) -> str:
    text = fill(
        "atom.xml.jinja",
        id=urn(path),
        title=title,
        updated=entries[0].updated if entries else _EPOCH,
        entries=entries,
        own=path,
        page=page,
        go=Addresses(path, site),
        urn=urn,
        archive=ARCHIVE,
    )
    return _ILLEGAL.sub("", text)


def urn(name: str) -> str:
    """An id for something that the archive calls by this name."""
    return uuid5(_NAMES, name).urn
