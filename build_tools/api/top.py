"""What stands above the counties: index, provinces, prefectures, indicators, forms, the API's own description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from build_tools.api.addresses import (
    CHANGES,
    DOCUMENTATION,
    INDEX,
    INDICATORS,
    OPENAPI,
    REGIONS,
    REPORT,
    Links,
    form_file,
    list_entries,
    region_file,
    unit_file,
)
from build_tools.api.forms import form_document, form_entry
from build_tools.api.openapi import VERSION, description
from build_tools.archive import PROVINCE, Register, chain
from build_tools.export import DATA
from build_tools.export.lines import to_json
from build_tools.forms import official
from build_tools.indicators import Group, Indicator, Way, groups
from build_tools.render.pages import Region, region_path, year_path
from build_tools.standing import Count


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the archive holds; `years`: reports by year."""

    reports: int
    units: int
    years: Mapping[int, int]


def archive_documents(
    counts: Counts, provinces: Sequence[Region], *, changes: bool
) -> Iterator[tuple[str, str]]:
    """The files of the whole archive, below the API's folder; `provinces` are all, also those it has nothing of.

    `changes` says whether there are lists of changes beside them.
    """
    documents = {
        INDEX: _index(counts, changes=changes),
        OPENAPI: description(),
        INDICATORS: {"groups": [_group(group) for group in groups()]},
        REGIONS: {"regions": [_listed(region) for region in provinces]},
        **{form_file(form): form_document(form) for form in official().values()},
    }
    yield from ((file, f"{to_json(document)}\n") for file, document in documents.items())


def region_documents(register: Register, below: Mapping[str, Sequence[Region]]) -> Iterator[tuple[str, str]]:
    """The files of a province and its prefectures; `below`: by code the regions right below each."""
    for code, regions in below.items():
        yield region_file(code), f"{to_json(_region(register, code, regions))}\n"


# --- index -------------------------------------------------------------------------------------------


def _index(counts: Counts, *, changes: bool) -> dict[str, Any]:
    here = Links(0)
    return {
        "version": VERSION,
        "counts": {"units": counts.units, "reports": counts.reports},
        "years": [
            {"year": year, "reports": reports, "page": here.page(year_path(year))}
            for year, reports in sorted(counts.years.items())
        ],
        "forms": [form_entry(form, here) for form in official().values()],
        "regions": here.api(REGIONS),
        "indicators": here.api(INDICATORS),
        "openapi": here.api(OPENAPI),
        "changes": here.api(CHANGES) if changes else None,
        "data": here.page(DATA),
        "page": here.page(DOCUMENTATION),
        "templates": {
            "region": region_file("{region}"),
            "unit": unit_file("{unit}"),
            "report": "../../units/{unit}/{year}/" + REPORT,
        },
    }


# --- indicators --------------------------------------------------------------------------------------


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "label": group.label,
        "indicators": [_indicator(indicator) for indicator in group.indicators],
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "label": indicator.label,
        "unit": indicator.unit,
        "same": indicator.same,
        "ways": [_way(way) for way in indicator.ways],
    }


def _way(way: Way) -> list[dict[str, str]]:
    return [{"table": table, "row": row, "column": column} for table, row, column in way]


# --- regions -----------------------------------------------------------------------------------------


def _region(register: Register, code: str, below: Sequence[Region]) -> dict[str, Any]:
    here = Links(1)
    *above, own = chain(register, code)
    return {
        "code": own.code,
        "name": own.name,
        "level": "province" if len(code) == PROVINCE else "prefecture",
        "above": here.above(tuple(above)),
        "counts": {
            "units": sum(region.units for region in below),
            "reports": sum(region.reports for region in below),
        },
        "page": here.page(region_path(code)),
        "lists": list_entries(_lists(below)),
        "regions": [_listed(region) for region in below],
    }


def _lists(below: Sequence[Region]) -> Mapping[int, Count]:
    found: dict[int, Count] = {}
    for region in below:
        for year, count in region.ledger.lists.items():
            found[year] = found.get(year, Count()).plus(count)
    return found


def _listed(region: Region) -> dict[str, Any]:
    """A region in the list of what it lies in; one that the archive has nothing of leads nowhere."""
    here, code = Links(1), region.division.code
    return {
        "code": code,
        "name": region.division.name,
        "units": region.units,
        "reports": region.reports,
        "href": here.api(region_file(code)) if region.units else None,
        "page": here.page(region_path(code)) if region.units else None,
    }
