"""What a rendered page is, where it stands, and how links are written from it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from build_tools.archive import Entry
from build_tools.model import Division


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page for the theme's shell: `body` is what <main> holds, `edit` an address or empty."""

    path: str
    title: str
    description: str
    body: str
    edit: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What a report page needs to know of the archive around it.

    `years`: every year the unit has a report on. `before`, `after`: the neighbours of the same year and
    county. `edit`: the address to edit the report file at, empty when the site has none. `original`: the
    file name of the archived original beside the report, empty when there is none.
    """

    chain: tuple[Division, ...]
    years: tuple[int, ...]
    before: Entry | None = None
    after: Entry | None = None
    edit: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses as written on the page at `path`: relative, so that the site works wherever it is put."""

    path: str

    def __call__(self, target: str) -> str:
        """The way from this page to `target`, a path from the top of the site."""
        return ("../" * self.path.count("/") + quote(target, safe="/#-._~%")) or "./"

    def report(self, unit: str, year: int) -> str:
        return self(report_path(unit, year))

    def unit(self, unit: str) -> str:
        return self(unit_path(unit))

    def region(self, code: str) -> str:
        return self(region_path(code))

    def year(self, year: int, county: str = "") -> str:
        return self(year_path(year, county))

    def form(self, form: str) -> str:
        return self(f"forms/{form_slug(form)}/")

    def rule(self, rule: str) -> str:
        return self(f"rules/{rule}/")


def report_path(unit: str, year: int) -> str:
    """Where a report stands, from the top of the site."""
    return f"units/{unit}/{year}/"


def unit_path(unit: str) -> str:
    """Where a unit stands."""
    return f"units/{unit}/"


def region_path(code: str = "") -> str:
    """Where a province, prefecture or county stands; without a code, the list of provinces."""
    return f"regions/{code}/" if code else "regions/"


def year_path(year: int, county: str = "") -> str:
    """Where a year stands, or one county's share of it."""
    return f"years/{year}/{county}/" if county else f"years/{year}/"


def form_slug(form: str) -> str:
    """The form's id as it stands in addresses, which are ASCII: 无 is `none`."""
    return form if form.isascii() else "none"


def served(name: str) -> str:
    """The name an archived original is served under: what a browser would run is served as plain text."""
    runs = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".svg", ".xml", ".js")
    return f"{name}.txt" if name.lower().endswith(runs) else name
