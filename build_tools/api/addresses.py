"""Where the files of the API stand, and how they lead to each other: relative to the file a link stands in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from build_tools.form import Form
from build_tools.model import Division
from build_tools.render.pages import report_path
from build_tools.standing import Counts

API = "api/v1/"
"""The folder of the API, from the top of the site."""

INDEX = "index.json"
OPENAPI = "openapi.json"
INDICATORS = "indicators.json"
REGIONS = "regions/index.json"
CHANGES = "changes/index.json"
DOCUMENTATION = "api/"
"""The page for people who write programs, from the top of the site."""

REPORT = "report.json"
"""A report's own file, in the folder of its page."""


def unit_file(unit: str) -> str:
    """Where a unit's file stands below the API's folder."""
    return f"units/{unit}.json"


def region_file(code: str) -> str:
    """Where the file of a province, prefecture or county stands."""
    return f"regions/{code}.json"


def form_file(form: Form) -> str:
    """Where the file of an official form stands."""
    return f"forms/{form.slug}.json"


def list_entries(counts: Counts) -> list[dict[str, int]]:
    """What is told of a region's lists of who had to publish, by year."""
    return [{"year": year, **count._asdict()} for year, count in sorted(counts.items())]


@dataclass(frozen=True, slots=True)
class Links:
    """The links of the file that stands `depth` folders below the API's own."""

    depth: int

    def api(self, file: str) -> str:
        """The way to another file of the API."""
        return quote("../" * self.depth + file)

    def page(self, path: str) -> str:
        """The way to a page, by its path from the top of the site."""
        return quote("../" * (self.depth + API.count("/")) + path)

    def report(self, unit: str, year: int) -> str:
        """The way to a report's own file."""
        return self.page(report_path(unit, year) + REPORT)

    def above(self, chain: tuple[Division, ...]) -> list[dict[str, str]]:
        """The regions something lies in, the largest first."""
        return [
            {"code": region.code, "name": region.name, "href": self.api(region_file(region.code))}
            for region in chain
        ]
