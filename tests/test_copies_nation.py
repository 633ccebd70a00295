"""`nianbao copies`: near copies in the whole archive, found by sketches, compared in full, told in three ways."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.cli import main
from build_tools.copies.likeness import shingles
from build_tools.copies.nation import closest, same_originals
from build_tools.copies.reread import Candidate
from build_tools.copies.sketch import SIZE, likely, sketch
from build_tools.forms import official
from tests import copiesbench
from tests.casework import Tree, base, cases, put, yaml_text

OVERVIEW, PROBLEMS = "正文/总体情况", "正文/存在的主要问题及改进情况"
_EXAMPLE = next(case for case in cases("DU-PREV") if case.fires)
OURS: Tree = dict(_EXAMPLE.data["set"])
OTHERS: Tree = dict(_EXAMPLE.data["mend"])
DIVISIONS = """code,name,valid_from,valid_to,successor
33,浙江省,,,
3304,嘉兴市,,,
330411,秀洲区,,,
41,河南省,,,
4114,商丘市,,,
411421,民权县,,,
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two towns of two provinces; the one copied what the other had written two years before."""
    monkeypatch.setenv("NIANBAO_YEAR", "2026")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/divisions.csv").write_text(DIVISIONS, encoding="utf-8")
    file(tmp_path, "330411101", "王江泾镇", 2021, OURS)
    file(tmp_path, "330411101", "王江泾镇", 2022, OTHERS)
    copied = OURS[OVERVIEW].replace("我镇", "人和镇").replace("120", "77")
    file(tmp_path, "411421103", "人和镇", 2023, {**OURS, OVERVIEW: copied})
    return tmp_path


def file(root: Path, unit: str, name: str, year: int, entries: Tree) -> None:
    """A report in the archive, with an original of its own."""
    folder = root / "reports" / unit[:2] / unit[:6] / unit
    (folder / "source").mkdir(parents=True, exist_ok=True)
    (folder / "source/original.txt").write_text(f"{unit} {year}", encoding="utf-8")
    (folder / "unit.yml").write_text(f"名称: {name}\n类别: 镇\n", encoding="utf-8")
    tree = base(official()["2021"], year)
    put(tree, "正文/其他需要报告的事项", "无。")
    put(tree, "来源/sha256", f"{unit}{year}".rjust(64, "0"))
    for where, value in entries.items():
        put(tree, where, value)
    (folder / f"{year}.yml").write_text(yaml_text(tree), encoding="utf-8")


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command prints; it must end well."""

    def run(*words: str) -> str:
        assert main(["copies", *words]) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.usefixtures("archive")
def test_text(said: Callable[..., str]) -> None:
    """Both reports with their files and parts, how much is the same, the passage, and what to do."""
    told = said()

    assert "雷同 100%：人和镇 2023年度（reports/41/411421/411421103/2023.yml，正文/总体情况）" in told
    assert "与：王江泾镇 2021年度（reports/33/330411/330411101/2021.yml，正文/总体情况）" in told
    assert "最长的一段有 127 个字：“今年人和镇召开政务公开专题会议3次" in told
    assert "比了 3 份年报：正文雷同 1 对，原件相同 0 对。" in told
    assert "怎么办：" in told


@pytest.mark.usefixtures("archive")
def test_json_and_csv(said: Callable[..., str]) -> None:
    """Programs are told the same."""
    (pair,) = json.loads(said("--format", "json"))
    head, row = csv.reader(io.StringIO(said("--format", "csv").removeprefix("\ufeff")))

    assert (pair["similarity"], pair["length"]) == (1, 127)
    assert pair["here"]["unit"] == "411421103"
    assert pair["there"] == {
        "unit": "330411101",
        "name": "王江泾镇",
        "year": 2021,
        "file": "reports/33/330411/330411101/2021.yml",
        "part": OVERVIEW,
    }
    assert dict(zip(head, row, strict=True))["最长一段字数"] == "127"
    assert row[:5] == ["正文雷同", "1.0000", "人和镇", "411421103", "2023"]


def test_nothing_is_found_after_the_advice_was_followed(archive: Path, said: Callable[..., str]) -> None:
    """A report that says what the unit itself did is like no other."""
    own = "本镇开设“书记开讲”专栏十二期，印发民生实事图解，邀请人大代表评议热线办理，公开河道清淤、校车线路和菜场改造的进度。"
    file(
        archive,
        "411421103",
        "人和镇",
        2023,
        {OVERVIEW: own * 2, PROBLEMS: "专栏更新较慢，明年专人负责，按月通报。"},
    )
    assert "正文雷同 0 对" in said()
    assert "怎么办" not in said()


def test_same_original(archive: Path, said: Callable[..., str]) -> None:
    """The same file under two reports is told, whatever they say; a cell that is a formula elsewhere is none here."""
    file(archive, "411421103", "=人和镇", 2023, {"来源/sha256": "3304111012022".rjust(64, "0")})

    assert "原件相同：=人和镇 2023年度" in said()
    assert "原件相同,,'=人和镇," in said("--format", "csv")
    assert json.loads(said("--format", "json"))[0]["similarity"] is None


def test_a_report_that_cannot_be_read_is_counted(archive: Path, said: Callable[..., str]) -> None:
    """It is said that it was left out; one with nothing of its own too."""
    (archive / "reports/33/330411/330411101/2022.yml").write_text("格式: [", encoding="utf-8")
    file(archive, "411421103", "人和镇", 2022, {OVERVIEW: "无。", PROBLEMS: "无。"})
    told = said()
    assert "1 份自己的话太少" in told
    assert "1 份读不通" in told


def test_what_is_private_is_masked(archive: Path, said: Callable[..., str]) -> None:
    """No format prints the number of a person."""
    number = "11010519491231002X"
    text = {OVERVIEW: f"村民张某某（{number}）。{OURS[OVERVIEW]}", PROBLEMS: OURS[PROBLEMS]}
    file(archive, "330411101", "王江泾镇", 2021, text)
    file(archive, "411421103", "人和镇", 2023, text)
    for form in ("text", "json", "csv"):
        told = said("--format", form)
        assert "110" in told
        assert "19491231" not in told


@pytest.mark.usefixtures("archive")
def test_without_the_library(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said what is missing, and how to get it."""
    for name in [name for name in sys.modules if name.startswith("build_tools.copies.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "datasketch", None)
    assert main(["copies"]) == 2
    assert "找雷同的程序库没有装（datasketch）" in capsys.readouterr().err


def test_a_sketch_is_the_same_everywhere() -> None:
    """A sketch hangs on the text alone, and so does what is found."""
    text = OURS[OVERVIEW]
    made = sketch(shingles(text))
    assert len(made) == SIZE
    assert made == sketch(sorted(shingles(text), reverse=True))
    assert made[:8].hex() == "d7456000a06e5a02"


def test_a_crowd_costs_no_square() -> None:
    """Of a thousand reports that all say the same each is paired with a few."""
    made = sketch(shingles(OURS[OVERVIEW]))
    files = [f"33/330411/33041{at:04}/2021.yml" for at in range(1000)]
    found = list(likely([made] * 1000))
    pairs = list(closest(files, [made] * 1000))

    assert len(found) <= 1000 * 16 * 8
    assert {pair.here for pair in pairs} == set(files[1:])
    assert len(pairs) <= 3 * 1000


def test_same_originals() -> None:
    """Each later report with the first that names the file."""
    found = list(same_originals([(b"b", "3"), (b"a", "2"), (b"b", "1"), (b"b", "4")]))
    assert found == [Candidate("3", "1", original=True), Candidate("4", "1", original=True)]


def test_planted_copies_are_found(tmp_path: Path) -> None:
    """Whatever was done to them: figures, letters, order, additions; and nothing else is told of."""
    planted = copiesbench.plant(tmp_path / "archive", 600)
    told = list(copiesbench.measure(tmp_path / "archive", planted))

    assert len(planted) >= 5
    assert told[1].startswith("recall 1.0000")
    assert " 0 of them not planted" in told[2]
