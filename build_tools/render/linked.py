"""A report as data that search engines read in its page: JSON-LD in the words of schema.org.

Addresses are relative to the page, so that they hold wherever the site is put; the page's own is absolute if the
site's is known.
"""

from __future__ import annotations

from typing import Any

from build_tools.citation import ARCHIVE
from build_tools.model import Report, Unit
from build_tools.render.page import Links, Place

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Of what the archive has added; the report itself is an official document."""

DOWNLOADS = (
    ("report.json", "application/json"),
    ("index.md", "text/markdown"),
    ("report.yml", "application/yaml"),
)
CELLS = ("tables.csv", "text/csv")


def report_data(report: Report, unit: Unit, place: Place, go: Links) -> dict[str, Any]:
    """The report; what is not known of it is left out."""
    body = {
        "@type": "GovernmentOrganization",
        "name": unit.name,
        "identifier": unit.id,
        "url": go.unit(unit.id),
    }
    downloads = (*DOWNLOADS, CELLS) if report.tables else DOWNLOADS
    known = {
        "url": place.address,
        "datePublished": report.published,
        "dateModified": place.version(report),
        "isBasedOn": report.origin.url,
    }
    return {
        "@context": CONTEXT,
        "@type": "Report",
        "name": report.title,
        "identifier": report.id,
        "about": body,
        "publisher": body,
        "temporalCoverage": str(report.year),
        "inLanguage": "zh-Hans",
        **{key: value for key, value in known.items() if value},
        "isPartOf": {"@type": "Dataset", "name": ARCHIVE, "url": go("data/")},
        "license": LICENCE,
        "encoding": [
            {"@type": "MediaObject", "contentUrl": name, "encodingFormat": kind} for name, kind in downloads
        ],
    }
