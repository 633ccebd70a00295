"""The pages of the open data: one that leads to all slices and explains them, one for each slice with its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from build_tools.export.dictionary import CELLS, SHEETS, STATES
from build_tools.export.package import ARCHIVE, LICENCE_URL, TITLE, TITLE_EN, Package
from build_tools.export.slices import DATA
from build_tools.forms import official
from build_tools.render.engine import fill
from build_tools.render.page import Links, Page

SHOWN = {
    "cells.csv.gz": "CSV",
    "nianbao.xlsx": "Excel",
    "cells.parquet": "Parquet",
    "nianbao.sqlite": "SQLite",
    "reports.jsonl.gz": "全文",
}
"""The files that a list of slices leads to at once, and their headings there; all others are on a slice's own page."""


def data_pages(packages: Sequence[Package]) -> Iterator[Page]:
    """The page that leads to all slices, of which the first is the whole archive, and the page of each."""
    yield _overview(packages)
    yield from map(_slice_page, packages)


def _overview(packages: Sequence[Package]) -> Page:
    whole = packages[0] if packages else None
    body = fill(
        "data.html.jinja",
        whole=whole,
        groups=[
            ("years", "年度", "按年度", [p for p in reversed(packages) if p.part.year]),
            ("provinces", "地区", "按省", [p for p in packages if p.part.province]),
        ],
        files=_files(whole) if whole else {},
        shown=SHOWN,
        cells=CELLS,
        sheets=SHEETS[1:],
        names=[(field.name, field.zh) for field in CELLS.fields],
        states=[(state.value, told) for state, (told, _) in STATES.items()],
        forms=[form for form in official().values() if form.tables],
        near=whole.address if whole else "",
        described=_described(packages) if packages else None,
        size=size,
        go=Links(DATA),
    )
    return Page(
        DATA, "数据", "整个档案可以整批下载：CSV、Excel、Parquet、SQLite、JSON，也可以只取一年、一省。", body
    )


def _slice_page(package: Package) -> Page:
    part, go = package.part, Links(package.part.folder)
    body = fill(
        "slice.html.jinja",
        package=package,
        files=_files(package),
        described=_described([package]),
        size=size,
        above=go.trail((go(DATA), "数据")),
        go=go,
    )
    return Page(part.folder, f"数据：{part.name}", f"{TITLE}（{part.name}）：文件、大小和 SHA-256。", body)


def _files(package: Package) -> dict[str, list[tuple[str, str, int, str]]]:
    """By group name, what it is, size and SHA-256 of each file."""
    found: dict[str, list[tuple[str, str, int, str]]] = {}
    for file in package.told:
        if file.name in package.files:
            found.setdefault(file.group, []).append((file.name, file.zh, *package.files[file.name]))
    return found


def size(bytes_: int) -> str:
    """A size as people read it."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if bytes_ >= factor:
            amount = bytes_ / factor
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"  # noqa: PLR2004  # two digits do
    return f"{bytes_} B"


def _described(packages: Sequence[Package]) -> dict[str, Any]:
    """What search engines for data sets read: schema.org's Dataset."""
    told = {"@context": "https://schema.org/", **_dataset(packages[0])}
    if parts := [_dataset(package, short=True) for package in packages[1:]]:
        told["hasPart"] = parts
    return told


def _dataset(package: Package, *, short: bool = False) -> dict[str, Any]:
    part = package.part
    told: dict[str, Any] = {
        "@type": "Dataset",
        "name": f"{TITLE}（{part.name}）",
        "description": f"{TITLE_EN}: {part.name_en}. 各级行政机关历年政府信息公开工作年度报告里的表格，逐格照录，注明来源和核对结果。",
        "license": LICENCE_URL,
        **({"url": package.address} if package.address else {}),
    }
    if short:
        return told
    return told | {
        "identifier": f"nianbao-{part.id}",
        "version": package.version,
        "inLanguage": "zh-Hans",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": ARCHIVE},
        "spatialCoverage": "CN",
        "variableMeasured": list(CELLS.columns),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.en,
                "contentUrl": f"{package.address}{file.name}",
                "encodingFormat": file.type,
                "contentSize": str(package.files[file.name][0]),
                "sha256": package.files[file.name][1],
            }
            for file in package.told
            if file.name in package.files
        ],
    }
