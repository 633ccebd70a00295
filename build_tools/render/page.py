"""What a rendered page is, where it stands, and how links are written from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from build_tools.archive import Entry
from build_tools.form import Form, slug
from build_tools.history import Past, last
from build_tools.model import Division, Report, Unit
from build_tools.render.engine import kept

HARMLESS = frozenset(
    [
        ".pdf",
        ".doc",
        ".docx",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".wps",
        ".et",
        ".dps",
        ".ofd",
        ".ceb",
        ".odt",
        ".ods",
        ".odp",
        ".rtf",
        ".txt",
        ".csv",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".bmp",
        ".webp",
        ".tif",
        ".tiff",
        ".zip",
        ".rar",
        ".7z",
        ".tar",
        ".gz",
    ]
)
"""The endings of originals that are served as they are: documents, pictures, packed files."""


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page for the theme's shell: `body` is what <main> holds, `edit` an address or empty.

    `head` is HTML for the end of <head>. `canonical` is the path of the page that search engines should know instead.
    """

    path: str
    title: str
    description: str
    body: str
    edit: str = ""
    head: str = ""
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What a report page needs to know of the archive around it.

    `years`: every year the unit has a report on. `before`, `after`: the neighbours of the same year and
    county. `edit`: the address to edit the report file at, empty when the site has none; `issue`: that of the form by
    which a mistake is told. `original`: the
    file name of the archived original beside the report, empty when there is none. `sha256`: of the report
    file; `address`: of the page, absolute, or empty. `past`: what is told of its changes, None where no word is
    said of them.
    """

    chain: tuple[Division, ...]
    years: tuple[int, ...]
    before: Entry | None = None
    after: Entry | None = None
    edit: str = ""
    original: str = ""
    sha256: str = ""
    address: str = ""
    past: Past | None = None
    issue: str = ""

    def version(self, report: Report) -> str:
        """The day that tells this version of the record from others, empty where none is known."""
        change = last(self.past.changes) if self.past else None
        return change.day if change else report.origin.captured


class Trail(Markup):
    """The way down to a page as a list, which remembers its steps: address and name."""

    steps: tuple[tuple[str, str], ...] = ()

    def data(self, last: str) -> dict[str, Any]:
        """The same with the page itself as data for search engines, in the words of schema.org."""
        named = [*({"item": address, "name": name} for address, name in self.steps), {"name": last}]
        return {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, **step} for number, step in enumerate(named, 1)
            ],
        }


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses as written on the page at `path`: relative, so that the site works wherever it is put."""

    path: str

    def __call__(self, target: str) -> str:
        """The way from this page to `target`, a path from the top of the site."""
        return _way(self.path.count("/"), target)

    def above(self, chain: tuple[Division, ...], unit: Unit | None = None) -> Trail:
        """The way down to this page as a list: regions, those of `chain`, the unit."""
        steps = [(self.region(), "地区"), *((self.region(d.code), d.name) for d in chain)]
        if unit:
            steps.append((self.unit(unit.id), unit.name))
        return self.trail(*steps)

    @staticmethod
    def trail(*steps: tuple[str, str]) -> Trail:
        """The way down by these steps: address and name of each."""
        trail = Trail(kept("crumbs.html.jinja", "above")(steps))
        trail.steps = steps
        return trail

    def report(self, unit: str, year: int) -> str:
        return self(report_path(unit, year))

    def original(self, unit: str, year: int, name: str) -> str:
        """The archived original beside a report, under the name it is served under."""
        return self(f"{report_path(unit, year)}source/") + quote(served(name), safe="")

    def unit(self, unit: str) -> str:
        return self(unit_path(unit))

    def region(self, code: str = "") -> str:
        return self(region_path(code))

    def year(self, year: int, county: str = "") -> str:
        return self(year_path(year, county))

    def quality(self, code: str = "") -> str:
        return self(quality_path(code))

    def form(self, form: Form) -> str:
        return self(form_path(form.id))

    def rule(self, rule: str) -> str:
        return self(f"rules/{rule}/")


@lru_cache(maxsize=8192)
def _way(depth: int, target: str) -> str:
    return ("../" * depth + quote(target, safe="/#")) or "./"


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


def quality_path(code: str = "") -> str:
    """Where it stands what the rules found, in all or in a province."""
    return f"quality/{code}/" if code else "quality/"


def form_path(form: str) -> str:
    """Where a form, by its id, is explained."""
    return f"forms/{slug(form)}/"


def served(name: str) -> str:
    """The name an archived original is served under: what no browser runs as it is, all else as plain text."""
    return name if PurePosixPath(name).suffix.lower() in HARMLESS else f"{name}.txt"
