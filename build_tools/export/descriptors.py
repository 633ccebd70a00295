"""A slice described for machines: as a Data Package of the Frictionless Data project, and as CSV on the Web."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.export.dictionary import CELLS, SHEETS, Field, Sheet
from build_tools.export.lines import to_json
from build_tools.export.package import GZIP, LICENCE, LICENCE_URL, TITLE, TITLE_EN, Package
from build_tools.model import State


def datapackage(package: Package) -> str:
    """The Data Package descriptor: tables with their schemas, and the other files."""
    part = package.part
    told = {
        "profile": "data-package",
        "name": f"nianbao-{part.id}",
        "title": f"{TITLE}（{part.name}）",
        "description": f"{TITLE_EN}: {part.name_en}. See README.md.",
        **({"homepage": package.address} if package.address else {}),
        "version": package.version,
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": "CC BY 4.0"}],
        "keywords": ["政府信息公开", "年度报告", "freedom of information", "China"],
        "resources": list(_resources(package)),
    }
    return _laid_out(told)


def _resources(package: Package) -> Iterator[dict[str, Any]]:
    tables = {f"{sheet.name}.csv": sheet for sheet in SHEETS} | {"cells.csv.gz": CELLS}
    for file in package.told:
        if file.name not in package.files:
            continue
        size, sha256 = package.files[file.name]
        about = {
            "path": file.name,
            "title": file.zh,
            "description": file.en,
            "bytes": size,
            "hash": f"sha256:{sha256}",
        }
        if sheet := tables.get(file.name):
            packed = {"compression": "gz"} if file.type == GZIP else {}
            kind = {
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
            }
            yield {"name": sheet.name, **about, **kind, **packed, "schema": _schema(sheet)}
        else:
            name = file.name.removesuffix(".gz").replace(".", "-").lower()
            yield {"name": name, **about, "type": "file", "mediatype": file.type}


def _schema(sheet: Sheet) -> dict[str, Any]:
    links = [
        {"fields": list(link.columns), "reference": {"resource": link.table, "fields": list(link.columns)}}
        for link in sheet.links
    ]
    return {
        "fields": [_field(field) for field in sheet.fields],
        "missingValues": [""],
        **({"primaryKey": list(sheet.key)} if sheet.key else {}),
        **({"foreignKeys": links} if links else {}),
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.needed else {}
    if field.name == "state":
        constraints["enum"] = [state.value for state in State]
    told = {"name": field.name, "type": field.type, "title": field.zh, "description": field.en}
    return {**told, **({"constraints": constraints} if constraints else {})}


def csv_metadata(package: Package) -> str:
    """The same for CSV on the Web, which knows no compression: `cells.csv` is what cells.csv.gz unpacks to."""
    tables = [
        {
            "url": f"{sheet.name}.csv",
            "dc:title": {"zh": sheet.zh, "en": sheet.en},
            "tableSchema": {
                "columns": [
                    {
                        "name": field.name,
                        "titles": [field.name],
                        "dc:description": {"zh": field.zh, "en": field.en},
                        "datatype": field.type,
                        "required": field.needed,
                    }
                    for field in sheet.fields
                ],
                **({"primaryKey": list(sheet.key)} if sheet.key else {}),
                "foreignKeys": [
                    {
                        "columnReference": list(link.columns),
                        "reference": {"resource": f"{link.table}.csv", "columnReference": list(link.columns)},
                    }
                    for link in sheet.links
                ],
            },
        }
        for sheet in SHEETS
    ]
    told = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:title": f"{TITLE}（{package.part.name}）",
        "dc:license": {"@id": LICENCE_URL},
        "tables": tables,
    }
    return _laid_out(told)


def _laid_out(told: Mapping[str, Any]) -> str:
    """JSON with a line for each key, and for each of what the last key holds."""
    *rest, (key, last) = told.items()
    inside = ",\n  ".join(map(to_json, last))
    lines = [
        *(f"{to_json(name)}: {to_json(value)}" for name, value in rest),
        f"{to_json(key)}: [\n  {inside}\n]",
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"
