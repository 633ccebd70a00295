"""The open data: every format says, cell by cell, what the report files say, and is read by another program."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from ruamel.yaml import YAML

from tests import exportwork
from tests.exportwork import Line, truth
from tests.searchtruth import read_yaml
from tests.test_miniature import published

MINIATURE = Path(__file__).parent / "miniature"
GLOSSARY = Path(__file__).parent.parent / "build_tools/glossary.yml"
FILES = {
    *("cells.csv.gz", "cells.jsonl.gz", "cells.parquet", "csv-excel.zip", "nianbao.sqlite", "nianbao.xlsx"),
    *("reports.jsonl.gz", "reports.csv", "units.csv", "findings.csv", "labels.csv"),
    *("datapackage.json", "csv-metadata.json", "README.md", "LICENSE.md", "SHA256SUMS"),
}


@pytest.fixture(scope="module")
def sites(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Path, Path]]:
    """The small archive and the real one: where each is, and the site made of it."""
    folder = tmp_path_factory.mktemp("open-data")
    archives = {"miniature": MINIATURE, "real": root}
    return {name: (archive, published(archive, folder / name)) for name, archive in archives.items()}


@pytest.fixture(scope="module")
def told(sites: Mapping[str, tuple[Path, Path]]) -> Mapping[str, list[Line]]:
    """What must stand in the data of all of each archive."""
    return {name: truth(*paths) for name, paths in sites.items()}


READERS: Mapping[str, Callable[[Path], list[Line]]] = {
    "cells.csv.gz": exportwork.from_csv,
    "csv-excel.zip": exportwork.from_excel_csv,
    "cells.jsonl.gz": exportwork.from_json,
    "cells.parquet": exportwork.from_parquet,
    "nianbao.xlsx": exportwork.from_xlsx,
}


def slices(site: Path) -> list[Path]:
    return sorted(path.parent for path in (site / "data").rglob("datapackage.json"))


def part_of(folder: Path, lines: list[Line]) -> list[Line]:
    """What of all lines belongs into a slice."""
    name = folder.name
    if folder.parent.name == "years":
        return [line for line in lines if line.year == int(name)]
    return [line for line in lines if name in {"all", line.unit[:2]}]


ARCHIVES = pytest.mark.parametrize("archive", ["miniature", "real"])


@ARCHIVES
def test_there_is_enough_to_compare(told: Mapping[str, list[Line]], archive: str) -> None:
    """Every state and some findings, several years and provinces."""
    lines = told[archive]
    assert len({line.year for line in lines}) > 2
    assert any(line.flags for line in lines)
    assert archive == "real" or {line.state for line in lines} == {
        "number", "blank", "dash", "na", "text", "missing"
    }  # fmt: skip


@ARCHIVES
@pytest.mark.parametrize("file", READERS)
def test_cells(
    sites: Mapping[str, tuple[Path, Path]], told: Mapping[str, list[Line]], archive: str, file: str
) -> None:
    """All slices, all cells, in order."""
    found = slices(sites[archive][1])
    assert len(found) > 5
    for folder in found:
        assert READERS[file](folder) == part_of(folder, told[archive]), folder


@ARCHIVES
def test_cells_in_sqlite(
    sites: Mapping[str, tuple[Path, Path]], told: Mapping[str, list[Line]], archive: str, node: list[str]
) -> None:
    """The view gives the same lines; a database has no order."""
    for folder in slices(sites[archive][1]):
        expected = sorted(part_of(folder, told[archive]), key=repr)
        assert sorted(exportwork.from_sqlite(folder, node), key=repr) == expected, folder
        with sqlite3.connect(folder / "nianbao.sqlite") as here:
            assert here.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert here.execute("PRAGMA foreign_key_check").fetchall() == []
            assert here.execute("SELECT count(*) FROM cells").fetchone() == (len(expected),)


# --- beside the cells --------------------------------------------------------------------------------


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """A table beside the cells, its texts as printed; the copy for Excel says the same."""
    text = (folder / f"{name}.csv").read_text(encoding="utf-8")
    with ZipFile(folder / "csv-excel.zip") as packed:
        assert packed.read(f"{name}.csv") == b"\xef\xbb\xbf" + text.encode("utf-8")
    found = csv.DictReader(text.splitlines(keepends=True))
    return [{key: exportwork.unguarded(value) for key, value in row.items()} for row in found]


def whole(sites: Mapping[str, tuple[Path, Path]], archive: str) -> tuple[Path, Path, Path]:
    """Archive, site, and the slice that holds all."""
    where, site = sites[archive]
    return where, site, site / "data/all"


@ARCHIVES
def test_reports_with_their_prose(
    sites: Mapping[str, tuple[Path, Path]], archive: str, node: list[str]
) -> None:
    """A line is the very report.json that stands beside the page; programs read it as such."""
    _, site, folder = whole(sites, archive)
    data = gzip.decompress((folder / "reports.jsonl.gz").read_bytes())
    lines = data.decode("utf-8").split("\n")[:-1]
    own = [json.loads(line) for line in lines]
    assert [f"{line}\n" for line in lines] == [
        (site / f"units/{report['unit']}/{report['year']}/report.json").read_text(encoding="utf-8")
        for report in own
    ]
    script = "let n=0; for (const l of require('fs').readFileSync(0,'utf8').trim().split('\\n')) n+=JSON.parse(l).year; console.log(n)"
    run = subprocess.run([*node, "-e", script], input=data, capture_output=True, check=True)
    assert int(run.stdout) == sum(report["year"] for report in own)


@ARCHIVES
def test_reports(sites: Mapping[str, tuple[Path, Path]], archive: str) -> None:
    """One line for each report file: what it says of itself, where its unit is, and its SHA-256."""
    where, site, folder = whole(sites, archive)
    places = {row["code"]: row["name"] for row in _divisions(where)}
    files = sorted(where.glob("reports/*/*/*/[12]*.yml"))
    found = {(row["unit"], row["year"]): row for row in rows(folder, "reports")}
    assert len(found) == len(files) > 4
    for file in files:
        row, said = found[file.parent.name, file.stem], read_yaml(file.read_text(encoding="utf-8"))
        unit = read_yaml((file.parent / "unit.yml").read_text(encoding="utf-8"))
        origin = said["来源"]
        assert row["sha256"] == sha256(file.read_bytes()).hexdigest()
        assert (row["title"], row["name"], row["kind"]) == (said["标题"], unit["名称"], unit["类别"])
        assert (row["source_url"], row["source_file"]) == (origin["网址"] or "", origin["文件"] or "")
        assert row["province_name"] == places[row["unit"][:2]]
        assert row["county_name"] == places.get(row["county"], f"{_above(row)}本级")
        assert (site / row["address"] / "report.json").is_file()


def _divisions(archive: Path) -> list[dict[str, str]]:
    with (archive / "reports/divisions.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _above(row: Mapping[str, str]) -> str:
    return row["prefecture_name"] or row["province_name"]


@ARCHIVES
def test_units(sites: Mapping[str, tuple[Path, Path]], archive: str) -> None:
    """One line for each unit, also one without reports; of a year those that reported."""
    where, site, folder = whole(sites, archive)
    files = sorted(where.glob("reports/*/*/*/unit.yml"))
    units = rows(folder, "units")
    assert sorted(row["unit"] for row in units) == sorted(file.parent.name for file in files)
    for row in units:
        (file,) = [file for file in files if file.parent.name == row["unit"]]
        said = read_yaml(file.read_text(encoding="utf-8"))
        assert row["name"] == said["名称"]
        assert row["aliases"] == ";".join(said.get("别名") or [])
        assert (site / row["address"] / "index.html").is_file()
    for year in (path.parent for path in site.glob("data/years/*/reports.csv")):
        reported = {row["unit"] for row in rows(year, "reports")}
        assert {row["unit"] for row in rows(year, "units")} == reported


@ARCHIVES
def test_findings(sites: Mapping[str, tuple[Path, Path]], archive: str) -> None:
    """Those of report.json, each where it is; what is shown on a cell is among them."""
    _, site, folder = whole(sites, archive)
    expected = [
        (
            report["unit"],
            str(report["year"]),
            f["rule"],
            f["severity"],
            f["path"],
            f["message"],
            f["waived"] or "",
        )
        for path in site.glob("units/*/*/report.json")
        for report in [json.loads(path.read_text(encoding="utf-8"))]
        for f in report["findings"]
    ]
    names = ("unit", "year", "rule", "severity", "path", "message", "waived")
    found = rows(folder, "findings")
    assert sorted(tuple(row[name] for name in names) for row in found) == sorted(expected)
    at = {(row["unit"], row["year"], row["table"], row["row"], row["col"], row["rule"]) for row in found}
    flagged = [line for line in exportwork.from_csv(folder) if line.flags]
    assert {
        (line.unit, str(line.year), line.table, line.row, line.col, rule)
        for line in flagged
        for rule in line.flags.split(";")
    } <= at


def test_labels(sites: Mapping[str, tuple[Path, Path]]) -> None:
    """The dictionary has every cell that occurs, with the words of the form file, and the explanations of the glossary."""
    _, _, folder = whole(sites, "miniature")
    found = rows(folder, "labels")
    words = {str(form["id"]): repr(form) for form in exportwork.forms().values()}
    said = YAML(typ="safe", pure=True).load(GLOSSARY.read_text(encoding="utf-8"))["rows"]
    assert len(found) == len({(row["form"], row["table"], row["row"], row["col"]) for row in found})
    for row in found:
        for name in ("table_name", "table_title", "row_label", "col_label", "block"):
            assert repr(row[name])[1:-1] in words[row["form"]]
        own = said.get(f"{row['table']}.{row['row']}", {})
        assert (row["law"], row["means"]) == (own.get("law", ""), own.get("means", ""))
    assert {row["form"] for row in found if row["means"]} == {"2014", "2019", "2021"}
    keys = {(row["form"], row["table"], row["row"], row["col"]) for row in found}
    assert {line[2:6] for line in exportwork.from_csv(folder)} <= keys


@ARCHIVES
def test_a_table_on_one_line(sites: Mapping[str, tuple[Path, Path]], archive: str) -> None:
    """The wide sheets and the tables of SQLite hold the same figures; a sheet says what is printed instead of one."""
    _, _, folder = whole(sites, archive)
    lines = exportwork.from_csv(folder)
    with sqlite3.connect(folder / "nianbao.sqlite") as here:
        for form, table in sorted({(line.form, line.table) for line in lines}):
            labels, head, *body = exportwork.from_sheet(folder, f"{table}_{form}")
            assert len(labels) == len(head)
            own = [line for line in lines if (line.form, line.table) == (form, table)]
            shown = {
                (unit, year, name): value
                for unit, year, _, *values in body
                for name, value in zip(head[3:], values, strict=True)
            }
            assert shown == {(x.unit, x.year, f"{x.row}_{x.col}"): _in_sheet(x) for x in own}
            query = here.execute(
                f'SELECT r.unit, r.year, t.* FROM "{table}_{form}" t JOIN reports r ON r.id = t.report'  # noqa: S608
            )
            names = [column[0] for column in query.description]
            assert {
                (unit, year, name): value
                for unit, year, _, *values in query
                for name, value in zip(names[3:], values, strict=True)
            } == {
                (x.unit, x.year, f"{x.row}_{x.col}"): None if x.value is None else float(x.value) for x in own
            }


def _in_sheet(line: Line) -> float | str | None:
    if line.value is not None:
        return float(line.value)
    return "缺" if line.state == "missing" else line.raw or None


# --- what describes the data -------------------------------------------------------------------------


_VALIDATE = """
import sys
from frictionless import Package
for path in sys.argv[1:]:
    report = Package(path).validate()
    assert {task.name for task in report.tasks} >= {"cells", "reports", "units", "findings", "labels"}, path
    assert report.valid, (path, report.flatten(["title", "message"]))
"""
_CSVW = """
import sys
from csvw import CSVW
for path in sys.argv[1:]:
    metadata = CSVW(path, validate=True)
    assert metadata.is_valid, (path, metadata.warnings)
"""


def run(script: str, paths: list[Path]) -> None:
    """Run a program of another library apart: it leaves files open, which is an error here."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, paths)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


@ARCHIVES
def test_each_slice_is_a_package(sites: Mapping[str, tuple[Path, Path]], archive: str) -> None:
    """Valid by frictionless: types, states, keys and links."""
    run(_VALIDATE, [folder / "datapackage.json" for folder in slices(sites[archive][1])])


@ARCHIVES
def test_checksums(sites: Mapping[str, tuple[Path, Path]], archive: str) -> None:
    """No file more or less, each with the size and the SHA-256 that is told."""
    for folder in slices(sites[archive][1]):
        assert {path.name for path in folder.iterdir()} == FILES | {"index.html"}
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
        told = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        for resource in told["resources"]:
            data = (folder / resource["path"]).read_bytes()
            assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")
        named = {resource["path"] for resource in told["resources"]}
        assert named == FILES - {"datapackage.json", "SHA256SUMS"}


@ARCHIVES
def test_csv_on_the_web(sites: Mapping[str, tuple[Path, Path]], archive: str, tmp_path: Path) -> None:
    """The tables are what csv-metadata.json says, once the cells are unpacked."""
    copies = [shutil.copytree(folder, tmp_path / folder.name) for folder in slices(sites[archive][1])]
    for copy in copies:
        subprocess.run(["gzip", "-d", "cells.csv.gz"], cwd=copy, check=True)
    run(_CSVW, [copy / "csv-metadata.json" for copy in copies])


def test_what_people_read_names_everything(sites: Mapping[str, tuple[Path, Path]]) -> None:
    """Each file, column and state is in README.md."""
    _, _, folder = whole(sites, "miniature")
    text = (folder / "README.md").read_text(encoding="utf-8")
    columns = {
        field["name"]
        for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        for field in resource.get("schema", {}).get("fields", [])
    }
    states = {"number", "blank", "dash", "na", "text", "missing"}
    assert [name for name in FILES | columns | states if f"`{name}`" not in text] == []


def test_parquet_is_made_by_little(tmp_path: Path) -> None:
    """Nothing large is loaded beside the library: not what reads reports or draws pages, nor pandas, if it is there."""
    script = (
        "import sys; from build_tools.parquet import Shape, Wanted, make_parquet; from pathlib import Path\n"
        "make_parquet(Shape((('unit', 'string'),), {}), Wanted((), None, Path(sys.argv[1]) / 'made/cells.parquet'))\n"
        "from build_tools.parquet.writing import _numbers, _words, pa\n"
        "assert _numbers(pa.float64(), [1, None, 2.5]).to_pylist() == [1.0, None, 2.5]\n"
        "assert _words(['', '甲', 'a']).to_pylist() == ['', '甲', 'a']\n"
        "assert not {'pandas', 'ruamel.yaml', 'yaml', 'jinja2', 'build_tools.export'} & set(sys.modules)"
    )
    run(script, [tmp_path])
    assert (tmp_path / "made/cells.parquet").stat().st_size > 0
