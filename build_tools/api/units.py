"""A county -> the documents of its units, and its own, which lists them. Made by the worker of the county."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from build_tools.api.addresses import Links, list_entries, region_file, unit_file
from build_tools.archive import Entry, Register, folder_chain
from build_tools.county import County, Filed, Holding
from build_tools.export.lines import digits, to_json
from build_tools.former import Former, Moved, Withdrawn
from build_tools.indicators import Reading, indicators, readings
from build_tools.model import Division, Kin, Name, Unit
from build_tools.render.pages import region_path, report_path, unit_path

_HERE = Links(1)

Entries = Mapping[tuple[str, int], Entry]
"""What lists say of the reports, by unit and year."""


def county_documents(
    register: Register, county: County, entries: Entries, former: Former, holds: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """The files of a county's units and its own, below the API's folder. `holds`: whether the archive has a unit."""
    chain = folder_chain(register, county.code)
    above = to_json(_HERE.above(chain))
    for holding in county.holdings:
        told = _unit(holding.unit, former.of(holding.unit.id), holds)
        reports = ",".join(_report(one, entries[_address(one)]) for one in holding.filed)
        yield unit_file(holding.unit.id), f'{to_json(told)[:-1]},"above":{above},"reports":[{reports}]}}\n'
    yield region_file(county.code), to_json(_county(chain, county)) + "\n"


def moved_unit(moved: Moved) -> tuple[str, str]:
    """The file at the former address of a unit, below the API's folder: it leads on, and tells nothing else."""
    told = {
        "id": moved.old.unit,
        "moved_to": moved.new.unit,
        "date": moved.date,
        "reason": moved.reason,
        "href": _HERE.api(unit_file(moved.new.unit)),
        "page": _HERE.page(unit_path(moved.new.unit)),
    }
    return unit_file(moved.old.unit), f"{to_json(told)}\n"


def _county(chain: tuple[Division, ...], county: County) -> dict[str, Any]:
    (*above, own), holdings = chain, county.holdings
    return {
        "code": own.code,
        "name": own.name,
        "level": "county",
        "above": _HERE.above(tuple(above)),
        "counts": {"units": len(holdings), "reports": sum(len(holding.filed) for holding in holdings)},
        "page": _HERE.page(region_path(own.code)),
        "lists": list_entries(county.counts),
        "units": [_listed(holding) for holding in sorted(holdings, key=lambda holding: holding.unit.id)],
    }


def _listed(holding: Holding) -> dict[str, Any]:
    unit = holding.unit
    return {
        "id": unit.id,
        "name": unit.name,
        "kind": unit.kind.id,
        "level": unit.kind.level,
        "years": [filed.subject.report.year for filed in holding.filed],
        "href": _HERE.api(unit_file(unit.id)),
        "page": _HERE.page(unit_path(unit.id)),
    }


def _address(filed: Filed) -> tuple[str, int]:
    return filed.subject.report.unit, filed.subject.report.year


def _unit(unit: Unit, withdrawn: Sequence[Withdrawn], holds: Callable[[str], bool]) -> dict[str, Any]:
    return {
        "id": unit.id,
        "name": unit.name,
        "kind": unit.kind.id,
        "level": unit.kind.level,
        "homepage": unit.homepage or None,
        "aliases": list(unit.aliases),
        "former_names": [_name(name) for name in unit.former],
        "begun": unit.begun,
        "predecessors": [_kin(kin, holds) for kin in unit.predecessors],
        "successors": [_kin(kin, holds) for kin in unit.successors],
        "withdrawn": [_withdrawn(one) for one in withdrawn],
        "page": _HERE.page(unit_path(unit.id)),
    }


def _name(name: Name) -> dict[str, Any]:
    return {"name": name.name, "from": name.first, "to": name.last}


def _kin(kin: Kin, holds: Callable[[str], bool]) -> dict[str, Any]:
    href = _HERE.api(unit_file(kin.id)) if holds(kin.id) else None
    return {"id": kin.id, "year": kin.year, "href": href}


def _withdrawn(gone: Withdrawn) -> dict[str, Any]:
    return {
        "year": gone.year,
        "date": gone.date,
        "reason": gone.reason,
        "asked_by": gone.asked_by,
        "page": _HERE.page(report_path(gone.unit, gone.year)),
    }


def _report(filed: Filed, entry: Entry) -> str:
    report = filed.subject.report
    told = {
        "year": report.year,
        "title": report.title,
        "form": report.form.id,
        "scope": report.scope,
        "published": report.published or None,
        "requests": entry.requests,
        "findings": {"errors": entry.errors, "warnings": entry.warnings, "waived": entry.waived},
        "href": _HERE.report(report.unit, report.year),
        "page": _HERE.page(report_path(report.unit, report.year)),
    }
    return f'{to_json(told)[:-1]},"indicators":{{{",".join(_indicators(readings(report)))}}}}}'


def _indicators(found: Iterable[Reading | None]) -> Iterator[str]:
    for id_, reading in zip(indicators(), found, strict=True):
        yield f'"{id_}":{_reading(reading)}'


@lru_cache(maxsize=4096, typed=True)
def _reading(reading: Reading | None) -> str:
    if reading is None:
        return "null"
    value = reading.value
    return to_json(
        {
            "state": reading.state.value,
            "value": digits(value) if isinstance(value, Decimal) else value,
            "raw": reading.raw,
            "form": reading.form,
            "way": reading.way,
        }
    )
