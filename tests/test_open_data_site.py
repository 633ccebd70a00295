"""The open data as a part of the site: made again only where something changed, odd archives, what the pages say."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from zipfile import ZipFile

import pytest

from build_tools.export import making, package, sheets
from build_tools.export.database import Database, database
from build_tools.export.package import FILES, Package
from build_tools.export.slices import ALL, Slice
from build_tools.forms import official
from build_tools.publish import Wishes, build_site
from build_tools.publish.preview import Preview
from build_tools.render.data import data_pages, size
from build_tools.workers import spread
from tests import exportwork
from tests.buildwork import State, World, plain_hub, state
from tests.exportwork import Line, truth
from tests.sitework import tree
from tests.test_miniature import HERE as MINIATURE
from tests.test_miniature import published
from tests.test_open_data import _VALIDATE, READERS, run

UNIT = "330411103"
HOSTILE = [
    '=HYPERLINK("http://x","y")', "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "＝1+1", "＠x", "'=1", '<b>&"甲', "一,二", "1\u00a02"
]  # fmt: skip
ALIASES = ['=HYPERLINK("http://x")', "@SUM(1)"]
"""What cells hold that a spreadsheet or a page might take for more than words."""


def changed(before: State, after: State) -> set[str]:
    """The folders of the open data that have other files than before."""
    differing = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    return {path.rpartition("/")[0] for path in differing if path.startswith("data/")}


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A small archive, built once."""
    made = World(tmp_path)
    made.build()
    return made


def test_only_slices_that_hold_what_changed(world: World) -> None:
    """Of one report: all, its year, its province, and the page that leads to them; the others stay the very files."""
    before = state(world.site)
    assert len({path.rpartition("/")[0] for path in before if path.startswith("data/")}) == 8
    world.write_report(UNIT, 2021, prose="新")
    world.build()
    assert changed(before, state(world.site)) == {"data", "data/all", "data/years/2021", "data/provinces/33"}


def test_nothing_changed(world: World) -> None:
    """Not a file is touched, and no slice is made; not by another look of the pages either."""
    before = state(world.site)
    world.build()
    assert state(world.site) == before
    world.theme = "<!-- 新 -->"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("build_tools.publish.data.make", None)
        world.build()
    files = {path for path in before if path.startswith("data/") and not path.endswith("index.html")}
    assert {path: state(world.site)[path] for path in files} == {path: before[path] for path in files}


def test_a_slice_goes_with_its_last_report(world: World) -> None:
    shutil.rmtree(world.base / "reports/41")
    world.units.pop("410182110")
    world.reports = {key: facts for key, facts in world.reports.items() if key[0] != "410182110"}
    world.build()
    assert not (world.site / "data/provinces/41").exists()
    assert "provinces/41" not in (world.site / "data/index.html").read_text(encoding="utf-8")


def test_a_lost_pack_is_made_again(world: World) -> None:
    """As a lost run of the search is."""
    before = state(world.site)
    shutil.rmtree(world.base / ".cache/nianbao/packs")
    world.build()
    assert state(world.site) == before


# --- archives of another sort --------------------------------------------------------------------------


def test_no_report_at_all(tmp_path: Path) -> None:
    """Headings and nothing below, in every format; still a package."""
    (tmp_path / "archive/reports").mkdir(parents=True)
    shutil.copy(MINIATURE / "reports/divisions.csv", tmp_path / "archive/reports")
    folder = published(tmp_path / "archive", tmp_path / "site") / "data/all"
    assert {name: read(folder) for name, read in READERS.items()} == {name: [] for name in READERS}
    with sqlite3.connect(folder / "nianbao.sqlite") as here:
        assert here.execute("SELECT count(*) FROM cells").fetchone() == (0,)
    run(_VALIDATE, [folder / "datapackage.json"])
    assert [path.name for path in folder.parent.iterdir() if path.is_dir()] == ["all"]


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """An archive whose title, prose and cells are what nobody wants to open; built."""
    archive = tmp_path / "archive"
    shutil.copytree(MINIATURE / "reports", archive / "reports")
    file = archive / f"reports/33/330411/{UNIT}/2019.yml"
    text = file.read_text(encoding="utf-8")
    cells = ", ".join(json.dumps(cell, ensure_ascii=False) for cell in HOSTILE[:7])
    text = re.sub(r"^  新收: \[.*\]$", f"  新收: [{cells}]", text, count=1, flags=re.MULTILINE)
    more = ", ".join(
        json.dumps(cell, ensure_ascii=False)
        for cell in (*HOSTILE[7:], "甲" * 40_000, "~", "123456789012345678", "0.1")
    )
    text = re.sub(r"^  上年结转: \[.*\]$", f"  上年结转: [{more}]", text, count=1, flags=re.MULTILINE)
    text = re.sub(
        r"^标题: .*$",
        '标题: "=1+2|</script><script>alert(1)</script>2019年政府信息公开工作年度报告"',
        text,
        count=1,
        flags=re.MULTILINE,
    )
    text = re.sub(
        r"^  总体情况: \|\n", f"  总体情况: |\n    {'长' * 200_000}\n", text, count=1, flags=re.MULTILINE
    )
    file.write_text(text, encoding="utf-8")
    unit = file.with_name("unit.yml")
    names = json.dumps(["甲乙", *ALIASES], ensure_ascii=False)
    unit.write_text(
        re.sub(r"^别名: .*$", f"别名: {names}", unit.read_text(encoding="utf-8"), flags=re.MULTILINE),
        encoding="utf-8",
    )
    divisions = archive / "reports/divisions.csv"
    divisions.write_text(
        divisions.read_text(encoding="utf-8").replace("浙江省", "浙江省</script><!--"), encoding="utf-8"
    )
    _acknowledge(archive, file)
    return archive


def _acknowledge(archive: Path, file: Path) -> None:
    """Let the archive be published: what the rules find at fault is in the original."""
    command = [sys.executable, "-m", "build_tools", "--root", str(archive), "check", "--format", "json"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "NIANBAO_YEAR": "2026"}
    )
    found = [f for f in json.loads(done.stdout) if f["severity"] == "error" and not f["waived"]]
    assert {f["file"] for f in found} <= {
        file.relative_to(archive).as_posix(),
        file.relative_to(archive / "reports").as_posix(),
    }
    text = file.read_text(encoding="utf-8").rstrip("\n")
    for finding in found:
        text += "" if "\n确认:" in text else "\n确认:"
        text += f"\n  - 规则: {finding['rule']}\n    位置: {finding['path']}\n    理由: 和原件对照过，原件就是这样印的，照录。\n    日期: 2026-11-21"
    file.write_text(f"{text}\n", encoding="utf-8")


def test_hostile_cells(hostile: Path, tmp_path: Path, node: list[str]) -> None:
    """Every format gives them back to the letter; no text of a CSV begins like a formula."""
    site = published(hostile, tmp_path / "site")
    folder, expected = site / "data/all", truth(hostile, site)
    assert {cell for cell in HOSTILE if cell in {line.raw for line in expected}} == set(HOSTILE)
    for name in ("cells.csv.gz", "csv-excel.zip", "cells.jsonl.gz"):
        assert READERS[name](folder) == expected, name
    for lines in (exportwork.from_parquet(folder), exportwork.from_sqlite(folder, node)):
        assert sorted(map(_doubled, lines)) == sorted(map(_doubled, expected))
    sheet = exportwork.from_xlsx(folder)
    cut = [line for line, other in zip(sheet, expected, strict=True) if line != other]
    assert [(line.raw[:99], len(line.raw), line.raw.endswith("）")) for line in cut] == [
        ("甲" * 99, 32_767, True)
    ]
    with ZipFile(folder / "csv-excel.zip") as packed:
        for name in packed.namelist():
            text = packed.read(name).decode("utf-8-sig")
            for field in re.split(r'[,\n]"?', text):
                assert field[:1] not in set("=@\t＝＋－＠"), (name, field)
                assert field[:1] not in set("+-") or re.fullmatch(r"[+-]?[\d.]+", field), (name, field)
    run(_VALIDATE, [folder / "datapackage.json"])


def test_each_of_several_names_is_guarded(hostile: Path, tmp_path: Path) -> None:
    """In CSV, also when people cut them; the database has them as they are."""
    folder = published(hostile, tmp_path / "site") / "data/all"
    with (folder / "units.csv").open(encoding="utf-8", newline="") as lines:
        (told,) = [row["aliases"] for row in csv.DictReader(lines) if row["unit"] == UNIT]
    assert told.split(";") == ["甲乙", *(f"'{name}" for name in ALIASES)]
    with sqlite3.connect(folder / "nianbao.sqlite") as here:
        found = here.execute("SELECT aliases FROM units WHERE unit = ?", (UNIT,)).fetchone()
    assert found == (";".join(["甲乙", *ALIASES]),)


@pytest.mark.parametrize("trouble", [OSError("full"), KeyboardInterrupt(), sqlite3.OperationalError("disk")])
def test_a_database_that_is_given_up_is_closed(tmp_path: Path, trouble: BaseException) -> None:
    """Whatever ends its making; only SQLite's own error is told as the disk's."""
    held = list[Database]()
    expected = OSError if isinstance(trouble, sqlite3.Error) else type(trouble)
    if isinstance(trouble, sqlite3.Error):
        trouble.sqlite_errorcode = sqlite3.SQLITE_FULL

    def give_up() -> None:
        with database(tmp_path / "a.sqlite", official()) as made:
            held.append(made)
            raise trouble

    with pytest.raises(expected):
        give_up()
    with pytest.raises(sqlite3.ProgrammingError):
        held[0].finish()


def _doubled(line: Line) -> str:
    """A line whose value is what a double keeps of it."""
    return repr((*line[:6], None if line.value is None else float(line.value), *line[7:]))


def test_hostile_names_on_pages(hostile: Path, tmp_path: Path) -> None:
    """What is told to search engines stays inside its element, whatever a province is called."""
    site, told = published(hostile, tmp_path / "site"), list[str]()
    for path in (site / "data").rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
        assert text.count("<script") == text.count("</script>") == len(blocks), path
        assert "</script><!--" not in text
        told += blocks
    assert {json.loads(block)["@type"] for block in told} == {"BreadcrumbList", "Dataset"}


def test_a_workbook_that_cannot_hold_all_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes without that sheet, and says where the cells are; reports and tables are there."""
    monkeypatch.setattr(package, "ROWS", 460)
    sheets._explained.cache_clear()
    site = published(MINIATURE, tmp_path / "site", workers=1)
    sheets._explained.cache_clear()
    told = "\n".join(str(row[1]) for row in exportwork.from_sheet(site / "data/all", "说明"))
    assert "一张表装不下。分年、分省的工作簿里有" in told
    with pytest.raises(KeyError):
        exportwork.from_sheet(site / "data/all", "cells")
    assert len(exportwork.from_sheet(site / "data/all", "reports")) == 9
    assert exportwork.from_sheet(site / "data/years/2019", "cells")
    for slice_, expected in (("all", ("Excel 打不全", "每一格一行的表装不下")), ("years/2019", ())):
        for name in ("README.md", "index.html", "datapackage.json"):
            text = (site / "data" / slice_ / name).read_text(encoding="utf-8")
            assert [words for words in ("Excel 打不全", "每一格一行的表装不下") if words in text] == list(
                expected
            ), name
    assert "一张表装不下" not in "\n".join(
        str(row[1]) for row in exportwork.from_sheet(site / "data/years/2019", "说明")
    )


def test_more_forms_than_one_view_of_sqlite_takes(tmp_path: Path) -> None:
    """A select joins 500 at most; forms will come."""
    forms = {f"{id_}{n}": replace(form, id=f"{id_}{n}") for n in range(5) for id_, form in official().items()}
    made = Database(tmp_path / "a.sqlite", MappingProxyType(forms))
    made.finish()
    made.close()
    with sqlite3.connect(tmp_path / "a.sqlite") as here:
        assert here.execute("SELECT count(*) FROM cells").fetchone() == (0,)
        assert here.execute("SELECT count(*) FROM labels").fetchone()[0] > 2000
        assert here.execute(
            "SELECT sum(value) FROM cells WHERE row = 'new' AND col = 'total'"
        ).fetchone() == (None,)


# --- pages ---------------------------------------------------------------------------------------------


def _packages() -> list[Package]:
    """Slices with files of any size, some of them not there."""
    counts = {"reports": 12_345, "cells": 2_000_000, "units": 678, "findings": 90, "labels": 456}
    sizes = {file.name: (7 ** (n % 12), f"{n:064x}") for n, file in enumerate(FILES) if n != 3}
    parts = [
        ALL,
        Slice("2020", "data/years/2020/", "2020年度", "reports on 2020", 2020),
        Slice("33", "data/provinces/33/", "浙江<省>", "province 33", None, "33"),
    ]
    return [Package(part, sizes, counts, "0123456789ab", "https://archive.example/") for part in parts]


@pytest.mark.parametrize(("name", "nth"), [("data", 0), ("data of a province", 3), ("no data", -1)])
def test_page(name: str, nth: int, golden: Callable[[Path, str], None]) -> None:
    """The pages of the open data, to the letter."""
    pages = [*data_pages(_packages()), *data_pages(())]
    golden(Path(__file__).parent / f"golden/pages/{name}.html", pages[nth].body)


@pytest.mark.parametrize(
    ("bytes_", "told"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (12_345, "12 kB"),
        (1_500_000, "1.5 MB"),
        (2 * 10**10, "20 GB"),
    ],
)
def test_sizes(bytes_: int, told: str) -> None:
    assert size(bytes_) == told


# --- what is missing -----------------------------------------------------------------------------------


def test_without_the_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two formats are left out, and people are told in a line; the rest is a package."""
    monkeypatch.setattr(making, "find_spec", lambda _: None)
    monkeypatch.setenv("NIANBAO_YEAR", "2026")
    hub = plain_hub(tmp_path / "hub", MINIATURE, bare=True)
    built = build_site(tmp_path / "beside", hub, Wishes(to=tmp_path / "site", jobs=1))
    folder = tmp_path / "site/data/all"
    told = built.summed_up(1).split("\n")[-1]
    assert told == "数据文件里没有 cells.parquet、nianbao.xlsx：运行 make setup 装好要用的库再做。"
    assert not (folder / "cells.parquet").exists()
    assert not (folder / "nianbao.xlsx").exists()
    for path in ("datapackage.json", "README.md", "index.html", "../index.html", "SHA256SUMS"):
        text = (folder / path).read_text(encoding="utf-8")
        assert 'href="all/cells.parquet"' not in text
        assert "`cells.parquet`" not in text
        assert path in {"README.md", "../index.html"} or "cells.parquet" not in text
    assert exportwork.from_csv(folder) == truth(MINIATURE, tmp_path / "site")
    run(_VALIDATE, [folder / "datapackage.json"])


def test_without_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is to make none has the page, which says so; data that were there go."""
    monkeypatch.setenv("NIANBAO_YEAR", "2026")
    hub = plain_hub(tmp_path / "hub", MINIATURE, bare=True)
    for data in (True, False):
        build_site(tmp_path / "beside", hub, Wishes(to=tmp_path / "site", jobs=1, data=data))
    left = tree(tmp_path / "site/data")
    assert set(left) == {
        "index.html",
        "years/2021/index.html",
    }  # of that year there was one report, now withdrawn
    assert "没有做整批的数据文件" in (tmp_path / "site/data/index.html").read_text(encoding="utf-8")


def test_the_preview_has_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_YEAR", "2026")
    preview = Preview(tmp_path / "cache", spread, print)
    preview.renew(plain_hub(tmp_path / "site", MINIATURE, bare=True))
    preview.ready("data/")
    assert "没有做整批的数据文件" in (tmp_path / "site/data/index.html").read_text(encoding="utf-8")
