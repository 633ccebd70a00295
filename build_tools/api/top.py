"""The archive -> the documents above its counties: index, regions, indicators, forms, the description of the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from build_tools.api.addresses import (
    DOCUMENTATION,
    INDEX,
    INDICATORS,
    OPENAPI,
    REGIONS,
    REPORT,
    Links,
    form_file,
    region_file,
    unit_file,
)
from build_tools.api.forms import form_document, form_entry
from build_tools.api.openapi import VERSION, description
from build_tools.archive import PROVINCE, Register, chain
from build_tools.forms import official
from build_tools.indicators import Group, Indicator, Way, groups
from build_tools.render.figures import to_json
from build_tools.render.pages import Region, region_path, year_path

Below = Mapping[str, Sequence[Region]]
"""The regions directly below each province and prefecture that has some; under the empty code the provinces."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the archive holds; `years`: reports by year."""

    reports: int
    units: int
    years: Mapping[int, int]


def list_documents(register: Register, counts: Counts, below: Below) -> Iterator[tuple[str, str]]:
    """The files that no county makes, below the API's folder."""
    for file, document in _documents(register, counts, below):
        yield file, to_json(document) + "\n"


def _documents(register: Register, counts: Counts, below: Below) -> Iterator[tuple[str, dict[str, Any]]]:
    yield INDEX, _index(counts)
    yield OPENAPI, description()
    yield INDICATORS, {"groups": [_group(group) for group in groups()]}
    for form in official().values():
        yield form_file(form), form_document(form)
    for code, regions in sorted(below.items()):
        yield (
            (region_file(code), _region(register, code, regions)) if code else (REGIONS, _provinces(regions))
        )


# --- index -------------------------------------------------------------------------------------------


def _index(counts: Counts) -> dict[str, Any]:
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


def _provinces(provinces: Sequence[Region]) -> dict[str, Any]:
    return {"regions": [_listed(region) for region in provinces]}


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
        "regions": [_listed(region) for region in below],
    }


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
