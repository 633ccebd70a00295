"""What the home page tells of the archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from build_tools.archive import Entry, by_year
from build_tools.render.engine import fill
from build_tools.render.page import Links


@dataclass(frozen=True, slots=True)
class Totals:
    """What the home page tells of the archive. `newest` is the newest year; `latest` some of its reports."""

    reports: int
    units: int
    counties: int
    years: Mapping[int, int]
    latest: tuple[Entry, ...] = ()

    @property
    def newest(self) -> int | None:
        return max(self.years, default=None)


def home_fill(totals: Totals) -> Mapping[str, str]:
    """What stands in the home page's `<div data-fill="…"></div>`, by name; links are for the home page."""
    go = Links("")
    newest = by_year(totals.latest).get(totals.newest or 0, [])
    return {
        name: fill(f"home_{name}.html.jinja", totals=totals, newest=newest, go=go)
        for name in ("summary", "newest", "years")
    }
