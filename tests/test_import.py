"""`nianbao import` as a person meets it: files filed by unit and year, questions, suggestions, nothing overwritten."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from build_tools.cli import main
from build_tools.importing import RefusedError
from build_tools.importing.files import read_document
from build_tools.importing.identity import Known, Question, when, who
from tests import importbench

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("NIANBAO_CORPUS", ROOT.parent / "shared/corpus"))
SEEDS = sorted((ROOT / "reports").glob("*/*/*/source/*.txt"))
BY_HAND = re.compile(r"^(?:确认|数据):\n(?:(?: .*|)\n)*", re.MULTILINE)


def _run(*arguments: str | Path) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(["import", *map(str, arguments)])
    return status, said.getvalue()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_the_archive_is_what_its_originals_say(seed: Path, tmp_path: Path) -> None:
    """Each report is imported to the very file in the archive, apart from what people added."""
    folder = seed.parent.parent
    file = next(folder.glob("[0-9]*.yml"))
    wanted = file.read_text(encoding="utf-8")
    given = {
        option: match[1]
        for option, key in (("--url", "网址"), ("--captured", "获取日期"))
        if (match := re.search(rf"^  {key}: ([^~\n]+)$", wanted, re.MULTILINE))
    }
    options = [word for pair in given.items() for word in pair]
    status, said = _run(seed, "-o", tmp_path, "--unit", folder.name, "--year", file.stem, *options)

    assert status == 0, said
    made = (tmp_path / folder.relative_to(ROOT / "reports") / file.name).read_text(encoding="utf-8")
    assert BY_HAND.sub("", made) == BY_HAND.sub("", wanted)


TOWN = Known("330411103", ("油车港镇",), ("秀洲区", "嘉兴市", "浙江省"))
TWIN = Known("340111103", ("油车港镇",), ("包河区", "合肥市", "安徽省"))


@pytest.mark.parametrize(
    ("title", "text", "register", "answer"),
    [
        ("秀洲区油车港镇2020年度报告", "", [TOWN, TWIN], "330411103"),
        ("油车港镇2020年度报告", "嘉兴市秀洲区", [TOWN, TWIN], "330411103"),
        ("油车港镇2020年度报告", "", [TOWN, TWIN], "有 2 个单位都可能是"),
        ("油车港镇2020年度报告", "", [TOWN], "没有写它在哪里"),
        ("北关镇2020年度报告", "", [TOWN], "没有已登记单位的名称"),
        ("", "", [TOWN], "找不到标题"),
    ],
)
def test_whose_it_is(title: str, text: str, register: list[Known], answer: str) -> None:
    """A unit is chosen if it alone can be meant; else there is a question that says what to add."""
    found = who(title, text, register)
    if isinstance(found, Question):
        assert answer in found.text
        assert "--unit" in found.text
    else:
        assert found.id == answer


@pytest.mark.parametrize(
    ("title", "text", "answer"),
    [
        ("某镇2020年度报告", "2019年", 2020),
        ("某镇二〇二〇年度报告", "", 2020),
        ("某镇年度报告", "统计期限自2020年1月1日起至2020年12月31日止", 2020),
        ("某镇年度报告", "2020年公开，2021年发布", None),
        ("某镇2019年和2020年报告", "", None),
    ],
)
def test_which_year(title: str, text: str, answer: int | None) -> None:
    """The year is that of the title, else of the period covered, else a question."""
    found = when(title, text, 2024)
    assert found == answer or (answer is None and isinstance(found, Question) and "--year" in found.text)


# --- files ---------------------------------------------------------------------------------------------

TEXT = "油车港镇2020年政府信息公开工作年度报告\n\n一、总体情况\n\n全年公开信息。\n"


def test_an_existing_report_is_left_alone(tmp_path: Path) -> None:
    """Without --replace a report that is there stays as it is; with it, it is written anew."""
    source, out = tmp_path / "a.txt", tmp_path / "out"
    source.write_text(TEXT, encoding="utf-8")
    asked = (source, "-o", out, "--unit", "330411103", "--year", "2020")
    target = out / "33/330411/330411103/2020.yml"
    assert _run(*asked)[0] == 0
    first = target.read_bytes()
    target.write_bytes(b"mine")
    status, said = _run(*asked)

    assert (status, target.read_bytes()) == (1, b"mine")
    assert "--replace" in said
    assert _run(*asked, "--replace")[0] == 0
    assert target.read_bytes() == first


BY_NUMBER = {seed.stem[:3]: seed for seed in SEEDS}


@pytest.mark.parametrize(
    ("seed", "told"),
    [
        ("003", ["表里的数，原文有、没有录入的"]),  # nothing: every figure of the copy is there
        ("001", ["-况。", "+2020年期间，我镇无发生政府信息公开的收费及减免情况。"]),
        ("002", ["表里的数，原文有、没有录入的：0（2个）"]),
    ],
)
def test_what_differs(seed: str, told: list[str]) -> None:
    """Source against report: lines that were joined, figures that were left out; what the form prints is no news."""
    status, said = _run(BY_NUMBER[seed], "--diff")
    assert status == 0
    assert [line in said for line in told] == [seed != "003"] * len(told)
    assert "信息内容" not in said


def test_as_data() -> None:
    """The same keys as the report.json beside a page, with what the rules say."""
    status, said = _run(BY_NUMBER["004"], "--format", "json")
    found = json.loads(said[said.index("{") : said.rindex("}") + 1])
    assert (status, found["unit"], found["year"]) == (0, "330411103", 2020)
    assert found["tables"]["t3"]["partial"]["natural"] == {"raw": "1", "state": "number", "value": 1}
    assert found["findings"]


def test_a_folder(tmp_path: Path) -> None:
    """All files of a folder, with a summary; one that is refused does not keep the others out."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    for seed in SEEDS[:2]:
        shutil.copy(seed, inbox)
    (inbox / "bad.docx").write_bytes(b"\x89PNG\r\n\x1a\n")
    status, said = _run(inbox, "-o", tmp_path / "out")

    assert status == 1
    assert "共 3 份" in said
    assert "这是图片" in said


def test_glued_digits_are_suggested_never_written(tmp_path: Path) -> None:
    """The one way to part digits that adds up is told; the report says 缺."""
    source = tmp_path / "a.txt"
    rows = "一、本年新收政府信息公开申请数量1200003二、上年结转政府信息公开申请数量0000000（一）予以公开1200003（七）总计1200003四、结转下年度继续办理0000000"
    source.write_text(TEXT + f"三、收到和处理政府信息公开申请情况\n{rows}\n", encoding="utf-8")
    said = _run(source, "--unit", "330411103", "--year", "2020")[1]

    assert "1、2、0、0、0、0、3" in said
    assert "新收: [缺, 缺, 缺, 缺, 缺, 缺, 缺]" in said


# --- the bench -----------------------------------------------------------------------------------------


def test_real_reports() -> None:
    """No cell of the development reports and the archive's own is read wrongly."""
    if not CORPUS.is_dir():
        pytest.skip(f"no development reports in {CORPUS}")
    scores = importbench.measure(CORPUS, ROOT / "reports")
    assert [line for score in scores.values() for line in score.wrong] == []
    for layout in ("pipe", "nl2", "pdf-text", "pdf-tsv"):
        count = scores[layout].count
        assert count["right"] >= 0.97 * count.total(), layout


def test_the_bench_sees_what_is_wrong(tmp_path: Path) -> None:
    """A gold value other than what is read is counted as wrong."""
    shutil.copytree(ROOT / "reports/33", tmp_path / "33")
    file = tmp_path / "33/330411/330411103/2020.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("新收: [4, 0", "新收: [5, 0"), encoding="utf-8")
    score = importbench.measure(tmp_path / "none", tmp_path)["seed"]

    assert score.count["wrong"] == 1
    assert "t3/new/0" in score.wrong[0]


@pytest.mark.parametrize(("name", "data"), [("a.html", b"<p>x</p>"), ("a.csv", b"a,b")])
def test_libraries_that_are_not_there(name: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text is read without them; for the rest it is said how to get them."""
    for module in ("html", "sheet"):
        monkeypatch.delitem(sys.modules, f"build_tools.importing.{module}", raising=False)
    for library in ("lxml", "openpyxl"):
        monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(RefusedError, match="make import"):
        read_document(data, name)
    assert read_document(TEXT.encode(), "a.txt").blocks
