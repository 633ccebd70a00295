"""What makes a folder of files a package of data: what the files are, what people read, licence, checksums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

from build_tools.export.dictionary import SHEETS, STATES
from build_tools.export.slices import Slice
from build_tools.forms import official
from build_tools.render.engine import fill

ARCHIVE = "政府信息公开年报档案"
TITLE = "政府信息公开工作年度报告数据"
TITLE_EN = "Annual reports on the disclosure of government information in China"
LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
SUMS = "SHA256SUMS"
PARQUET = "cells.parquet"
LIBRARIES = {PARQUET: "pyarrow", "nianbao.xlsx": "xlsxwriter"}
"""What must be installed for a file to be made."""


class File(NamedTuple):
    """A file of a slice: among which it is told of, what it is, in Chinese and in English, its type for hosts."""

    name: str
    group: str
    zh: str
    en: str
    type: str


GZIP = "application/gzip"
"""The type of what is gzipped."""

_TABLE, _BESIDE, _ABOUT = "逐格的数据", "报告、单位、核对结果、字典", "说明"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DATABASE, _PARQUET = "application/vnd.sqlite3", "application/vnd.apache.parquet"
_CSVW = "application/csvm+json"

FILES = (
    File("cells.csv.gz", _TABLE, "每一格一行，CSV（UTF-8）", "every cell, CSV in UTF-8", GZIP),
    File(
        "csv-excel.zip",
        _TABLE,
        "五张表的 CSV，Windows 的 Excel 能直接打开（带 BOM）",
        "all tables as CSV with a BOM, for Excel",
        "application/zip",
    ),
    File(
        "nianbao.xlsx",
        _TABLE,
        "Excel 工作簿：每一格一行；官方表各一张，一份报告一行",
        "workbook: every cell on a line, every table on a line",
        _SPREADSHEET,
    ),
    File("cells.parquet", _TABLE, "每一格一行，Parquet", "every cell, Parquet", _PARQUET),
    File(
        "nianbao.sqlite",
        _TABLE,
        "SQLite 数据库：视图 cells 每一格一行；别的表也在里面",
        "database: the view cells has every cell",
        _DATABASE,
    ),
    File("cells.jsonl.gz", _TABLE, "每一格一行，JSON Lines", "every cell, JSON Lines", GZIP),
    File(
        "reports.jsonl.gz",
        _BESIDE,
        "每份报告一行，连同正文，JSON Lines",
        "every report with its prose, JSON Lines",
        GZIP,
    ),
    File("reports.csv", _BESIDE, "报告目录：单位、年度、标题、来源、校验和", "reports, CSV", "text/csv"),
    File("units.csv", _BESIDE, "单位：名称、类别、所在地、曾用名", "units, CSV", "text/csv"),
    File(
        "findings.csv", _BESIDE, "核对结果：规则、位置、哪里对不上", "findings of the checks, CSV", "text/csv"
    ),
    File(
        "labels.csv",
        _BESIDE,
        "字典：每一行、每一栏在官方表上叫什么",
        "labels of the official forms, CSV",
        "text/csv",
    ),
    File(
        "README.md",
        _ABOUT,
        "各栏的意思、怎样引用，中英文",
        "what the columns mean, how to cite",
        "text/markdown",
    ),
    File("LICENSE.md", _ABOUT, "许可", "licence", "text/markdown"),
    File(
        "datapackage.json",
        _ABOUT,
        "给程序读的说明（Data Package）",
        "description, Data Package",
        "application/json",
    ),
    File(
        "csv-metadata.json", _ABOUT, "给程序读的说明（CSV on the Web）", "description, CSV on the Web", _CSVW
    ),
    File(SUMS, _ABOUT, "以上各文件的 SHA-256", "SHA-256 of all these files", "text/plain"),
)
"""Every file, in the order they are told of."""


ROWS = 1_048_576
"""Rows of a sheet, headings among them."""

_TOO_MANY = {
    "csv-excel.zip": (
        f"五张表的 CSV（带 BOM）；cells 的行数超过 Excel 的 {ROWS:,} 行，Excel 打不全，请用分年、分省的",
        f"all tables as CSV with a BOM; cells has more than the {ROWS:,} rows Excel opens: see those by year and province",
    ),
    "nianbao.xlsx": (
        "Excel 工作簿：官方表各一张，一份报告一行；每一格一行的表装不下，请用分年、分省的",
        "workbook: every table on a line; every cell on a line does not fit: see those by year and province",
    ),
}
"""What files are whose cells are more than a sheet holds."""


def fits(rows: int) -> bool:
    """Whether a sheet holds so many rows below its heading."""
    return rows < ROWS


@dataclass(frozen=True, slots=True)
class Package:
    """A slice as its descriptions tell of it: files made so far, by name with size and SHA-256; lines of each table.

    `version` stands for the content: it is the same as long as that is.
    """

    part: Slice
    files: dict[str, tuple[int, str]]
    counts: Mapping[str, int]
    version: str
    site_url: str

    @property
    def told(self) -> list[File]:
        """Every file that there can be, as it is in this slice."""
        odd = {} if fits(self.counts["cells"]) else _TOO_MANY
        return [f._replace(zh=odd[f.name][0], en=odd[f.name][1]) if f.name in odd else f for f in FILES]

    @property
    def address(self) -> str:
        """Where the slice stands; empty where the site does not know its own address."""
        return f"{self.site_url}{self.part.folder}" if self.site_url else ""

    @property
    def citation(self) -> str:
        """How to cite it, as GB/T 7714 has it but for the day it was seen."""
        where = f". {self.address}" if self.address else ""
        return f"{ARCHIVE}. {TITLE}：{self.part.name}[DS/OL]. 版本 {self.version}{where}."

    def about(self) -> list[list[str]]:
        """What the workbook says of itself: what, in Chinese, in English."""
        counted = f"{self.counts['reports']:,} 份报告，{self.counts['cells']:,} 格"
        return [
            ["范围", f"{TITLE}：{self.part.name}", f"{TITLE_EN}: {self.part.name_en}"],
            ["数量", counted, f"{self.counts['reports']:,} reports, {self.counts['cells']:,} cells"],
            ["版本", self.version, self.version],
            ["引用", self.citation, self.citation],
            [
                "许可",
                f"年报原文是官方文件；汇编部分 CC BY 4.0 {LICENCE_URL}",
                f"compilation: CC BY 4.0 {LICENCE_URL}",
            ],
            ["核对", "数照原件，错的也照录；空白不是 0", "as printed, faults included; a blank is not 0"],
        ]


def readme(package: Package) -> str:
    """What people read first."""
    return fill(
        "data_readme.md.jinja",
        package=package,
        files=[file for file in package.told if file.name not in LIBRARIES or file.name in package.files],
        sheets=SHEETS,
        states=STATES,
        forms=[form for form in official().values() if form.tables],
        title=(TITLE, TITLE_EN),
    )


def sums(package: Package) -> str:
    """The checksums as `sha256sum -c` reads them."""
    return "".join(f"{sha256}  {name}\n" for name, (_, sha256) in sorted(package.files.items()))


def licence(_: Package) -> str:
    """The licence, the same in each slice."""
    return files(__package__).joinpath("LICENSE.md").read_text(encoding="utf-8")
