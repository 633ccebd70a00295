"""Makes the files of a slice out of the packs of its counties."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from build_tools import packs
from build_tools.export.cells import columns_of, name_of
from build_tools.export.database import database
from build_tools.export.descriptors import csv_metadata, datapackage
from build_tools.export.dictionary import CELLS, FINDINGS, LABELS, REPORTS, SHEETS, UNITS, Sheet
from build_tools.export.gathered import Gathered, head
from build_tools.export.package import LIBRARIES, PARQUET, SUMS, Package, licence, readme, sums
from build_tools.export.slices import Slice
from build_tools.export.spool import Member, write_gzip, write_plain, write_zip
from build_tools.files import sha256_of
from build_tools.forms import official
from build_tools.parquet import Shape

FILES = "files"
"""The folder of the files of a slice while they are made."""

_BOM = "\ufeff"


@cache
def shape() -> Shape:
    """What makes Parquet of packs has to know."""
    placed = sorted(
        (
            (nth, form.id, table)
            for form in official().values()
            for nth, table in enumerate(form.tables.values())
        ),
        key=lambda place: place[:2],
    )
    places = {
        name_of(form, table): tuple((form, table.id, *place) for place in columns_of(table))
        for _, form, table in placed
    }
    return Shape(tuple((field.name, field.type) for field in CELLS.fields), places)


def lacking() -> list[str]:
    """The files that cannot be made here, because a library is not installed."""
    return [name for name, library in LIBRARIES.items() if find_spec(library) is None]


def make(folder: Path, part: Slice, taken: Iterable[Path], version: str, site_url: str) -> Package:
    """Write the files of a slice into the folder FILES, where its Parquet lies; packs come in order of county."""
    (spools := folder / "spools").mkdir(parents=True)
    (target := folder / FILES).mkdir(exist_ok=True)  # Parquet may lie there
    with Gathered(spools, part.year) as own:
        for path in taken:
            own.take(path)
    counts = {sheet.name: own.counts[sheet.name] for sheet in SHEETS}
    package = Package(part, {}, counts, version, site_url)
    for name, write in _WRITERS.items():
        if name not in lacking():
            write(target / name, own, package)
            package.files[name] = sha256_of(target / name)
    for name, text in _DESCRIPTIONS.items():  # each tells of those before it
        (target / name).write_text(text(package), encoding="utf-8")
        package.files[name] = sha256_of(target / name)
    return package


def _csv(sheet: Sheet) -> Callable[[Path, Gathered, Package], None]:
    return lambda path, own, _: write_plain(path, [head(sheet), own.csv(sheet)])


def _cells_csv(path: Path, own: Gathered, _: Package) -> None:
    write_gzip(path, [head(CELLS), own.csv(CELLS)])


def _excel(path: Path, own: Gathered, _: Package) -> None:
    write_zip(path, (Member(f"{s.name}.csv", [head(s, _BOM), own.csv(s)]) for s in SHEETS))


def _lines(name: str) -> Callable[[Path, Gathered, Package], None]:
    return lambda path, own, _: write_gzip(path, [own.segments(name)])


def _sqlite(path: Path, own: Gathered, _: Package) -> None:
    with database(path, official()) as made:
        for line in own.segments(packs.UNITS_JSON).lines():
            made.add(UNITS, json.loads(line))
        for line in own.segments(packs.FIGURES).lines():
            made.figures(line)


def _workbook(path: Path, own: Gathered, package: Package) -> None:
    from build_tools.export.sheets import workbook  # noqa: PLC0415  # it need not be installed

    names = [name_of(form.id, table) for form in official().values() for table in form.tables.values()]
    rows = {sheet.name: own.rows(sheet) for sheet in SHEETS}
    rows |= {name: own.wide(name) for name in names if own.wide(name).count}
    write_zip(path, workbook(official(), rows, package.about()))


_WRITERS: Mapping[str, Callable[[Path, Gathered, Package], None]] = {
    "cells.csv.gz": _cells_csv,
    "csv-excel.zip": _excel,
    "nianbao.xlsx": _workbook,
    PARQUET: lambda *_: None,  # it is there already
    "nianbao.sqlite": _sqlite,
    "cells.jsonl.gz": _lines(packs.CELLS_JSON),
    "reports.jsonl.gz": _lines(packs.REPORTS_JSON),
    **{f"{sheet.name}.csv": _csv(sheet) for sheet in (REPORTS, UNITS, FINDINGS, LABELS)},
}
_DESCRIPTIONS: Mapping[str, Callable[[Package], str]] = {
    "LICENSE.md": licence,
    "README.md": readme,
    "csv-metadata.json": csv_metadata,
    "datapackage.json": datapackage,
    SUMS: sums,
}
