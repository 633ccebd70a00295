"""The command line: what it answers, what it leaves on disk, and how it ends."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree as ET

import pytest

from build_tools import cli
from build_tools.cli import checking, main, usage
from build_tools.cli.words import COMMANDS
from build_tools.diagnostics import FORMATS
from build_tools.forms import official
from build_tools.printed import FORMATS as PRINTED
from build_tools.rules import RULES
from tests.casework import ORIGINALS, Tree, base, put, yaml_text

UNIT = "330411199"
FOLDER = f"reports/33/330411/{UNIT}"
REPORT = f"{FOLDER}/2021.yml"
DIVISIONS = "code,name,valid_from,valid_to,successor\n33,浙江省,,,\n3304,嘉兴市,,,\n330411,秀洲区,,,\n"
WRONG = {"申请/予以公开": ["1", "0", "0", "0", "0", "0", "0"]}
WAIVED = [
    {"规则": rule, "位置": where, "理由": "原件就是这样印的，照录不改。", "日期": "2026-01-03"}
    for rule, where in (("T3-ROW-SUM", "申请/予以公开/总计"), ("T3-RESULT-SUM", "申请/总计/总计"))
]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive with one unit and one sound report, and the current folder in it."""
    monkeypatch.setenv("NIANBAO_YEAR", "2026")
    monkeypatch.chdir(tmp_path)
    (tmp_path / FOLDER / "source").mkdir(parents=True)
    for name, original in ORIGINALS.items():
        (tmp_path / FOLDER / "source" / name).write_text(original, encoding="utf-8")
    (tmp_path / "reports" / "divisions.csv").write_text(DIVISIONS, encoding="utf-8")
    (tmp_path / FOLDER / "unit.yml").write_text("名称: 示例镇\n类别: 镇\n", encoding="utf-8")
    write(tmp_path)
    return tmp_path


def write(archive: Path, entries: Tree | None = None) -> Path:
    """The report again, with some entries set."""
    tree = base(official()["2021"], 2021)
    for path, value in (entries or {}).items():
        put(tree, path, value)
    file = archive / REPORT
    file.write_text(yaml_text(tree), encoding="utf-8")
    return file


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Everything printed since the last time, by both ways."""
    return lambda: "".join(capsys.readouterr())


def spelt(value: object) -> str | None:
    """Words on a command line as the name of a test."""
    return " ".join(value) if isinstance(value, list) else None


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("year", ["20266", "二〇二六", "２０２６", "26", "2026年"])
def test_a_year_that_is_none(monkeypatch: pytest.MonkeyPatch, said: Callable[[], str], year: str) -> None:
    """A slip in NIANBAO_YEAR is told, not passed over."""
    monkeypatch.setenv("NIANBAO_YEAR", year)
    assert main(["check"]) == 2
    assert f"NIANBAO_YEAR 是“{year}”" in said()


# --- check -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("archive")
def test_sound_archive(said: Callable[[], str]) -> None:
    assert main(["check"]) == 0
    assert re.search("^1 份年报：(没有发现问题|0 个错误)", said(), re.MULTILINE)


def test_error(archive: Path, said: Callable[[], str]) -> None:
    write(archive, WRONG)
    assert main(["check"]) == 1
    text = said()
    assert re.search(rf"^{REPORT}:1:\d+: 错误 T3-ROW-SUM 表三「（一）予以公开」", text, re.MULTILINE)
    assert "make explain RULE=" in text
    assert "\x1b" not in text


def test_waived_error(archive: Path, said: Callable[[], str]) -> None:
    write(
        archive,
        {
            **WRONG,
            "确认": WAIVED,
            "申请/总计": ["1", "0", "0", "0", "0", "0", "1"],
            "申请/新收": ["1", "0", "0", "0", "0", "0", "1"],
        },
    )
    status = main(["check"])
    assert "照录不改" not in said()
    main(["check", "--verbose"])
    assert "原文如此：原件就是这样印的，照录不改。" in said()
    assert status == 0


@pytest.mark.parametrize("name", FORMATS)
def test_formats(archive: Path, said: Callable[[], str], name: str) -> None:
    """Every format ends with the same status and names the file from the top of the archive."""
    write(archive, WRONG)
    assert main(["check", "--format", name]) == 1
    assert REPORT in said()


def test_json(archive: Path, said: Callable[[], str]) -> None:
    write(archive, WRONG)
    main(["check", "--format", "json"])
    (found,) = [one for one in json.loads(said()) if one["rule"] == "T3-ROW-SUM"]
    assert (found["file"], found["unit"], found["year"], found["waived"]) == (REPORT, UNIT, 2021, None)


@pytest.mark.usefixtures("archive")
def test_junit_names_files_without_findings(said: Callable[[], str]) -> None:
    main(["check", "--format", "junit"])
    root = ET.fromstring(said())  # noqa: S314  # our own output
    assert REPORT in {suite.get("name") for suite in root}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (".", 1),
        ("reports", 1),
        ("reports/33", 1),
        (FOLDER, 1),
        (REPORT, 1),
        (f"{FOLDER}/unit.yml", 0),
        ("reports/divisions.csv", 0),
        ("nowhere", 2),
        ("/etc/hostname", 2),
    ],
)
def test_paths(archive: Path, path: str, status: int) -> None:
    write(archive, WRONG)
    assert main(["check", path]) == status


@pytest.mark.parametrize("order", [["--root", "..", "check"], ["check", "--root", ".."]], ids=" ".join)
def test_root(archive: Path, monkeypatch: pytest.MonkeyPatch, order: list[str]) -> None:
    write(archive, WRONG)
    monkeypatch.chdir(archive / "reports")
    assert main(order) == 1
    assert main(["check"]) == 1


def test_unreadable_archive(archive: Path, said: Callable[[], str]) -> None:
    (archive / "reports" / "divisions.csv").write_text("code,name\nx,y\n", encoding="utf-8")
    assert main(["check"]) == 2
    assert "divisions.csv" in said()
    (archive / "reports" / "divisions.csv").unlink()
    assert main(["check"]) == 2
    assert "读不到" in said()


def test_no_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[[], str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert "reports" in said()
    assert main(["check", "--root", "no"]) == 2
    assert "no 里没有" in said()


def test_colour_only_on_a_terminal(
    archive: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[[], str]
) -> None:
    write(archive, WRONG)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    main(["check"])
    assert "\x1b[31m" in said()
    monkeypatch.setenv("NO_COLOR", "1")
    main(["check"])
    assert "\x1b" not in said()


# --- fmt ---------------------------------------------------------------------------------------------


def test_fmt(archive: Path, said: Callable[[], str]) -> None:
    before = snapshot(archive)
    assert main(["fmt", "--check"]) == 1
    assert snapshot(archive) == before
    assert f"待整理 {REPORT}\n" in said()

    assert main(["fmt"]) == 0
    assert f"已整理 {REPORT}\n" in said()
    assert main(["fmt", "--check"]) == 0
    assert not said()


@pytest.mark.usefixtures("archive")
def test_fmt_of_some_files(said: Callable[[], str]) -> None:
    assert main(["fmt", f"{FOLDER}/unit.yml"]) == 0
    assert REPORT not in said()
    assert main(["fmt", "--check", REPORT]) == 1


@pytest.mark.parametrize("broken", ["格式: 2021\n标题: [\n", "格式: 2021\n没有的键: 1\n", "\ufeff\x00"])
def test_fmt_leaves_what_it_cannot_read(archive: Path, said: Callable[[], str], broken: str) -> None:
    file = archive / REPORT
    file.write_text(broken, encoding="utf-8")
    assert main(["fmt"]) == 1
    assert file.read_text(encoding="utf-8") == broken
    assert f"{REPORT}:" in said()


# --- new ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "form"),
    [(2012, "无"), (2015, "2014"), (2019, "2019"), (2020, "2019"), (2022, "2021"), (2025, "2021")],
)
def test_new(archive: Path, said: Callable[[], str], year: int, form: str) -> None:
    """The right form for the year, laid out as `fmt` would."""
    assert main(["new", UNIT, str(year)]) == 0
    file = f"{FOLDER}/{year}.yml"
    assert said() == f"新建 {file}\n"
    assert f"\n格式: {form}\n" in (archive / file).read_text(encoding="utf-8")
    assert main(["fmt", "--check", file]) == 0


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ([UNIT, "2021"], "已经有报告"),
        ([UNIT, "2026"], "2008 到 2025"),
        ([UNIT, "2007"], "2008 到 2025"),
        ([UNIT, "去年"], "数字"),
        ([UNIT], "还缺：年度"),
        (["330411198", "2022"], f"是不是想写 {UNIT}？"),
        (["示例镇", "2022"], f"编号：{UNIT}"),
        (["../../..", "2022"], "没有编号是"),
    ],
    ids=spelt,
)
def test_new_refuses(archive: Path, said: Callable[[], str], words: list[str], answer: str) -> None:
    before = snapshot(archive)
    assert main(["new", *words]) == 2
    assert answer in said()
    assert snapshot(archive) == before


def test_new_for_a_broken_unit(archive: Path, said: Callable[[], str]) -> None:
    (archive / FOLDER / "unit.yml").write_text("名称: 示例镇\n类别: 镇镇\n", encoding="utf-8")
    assert main(["new", UNIT, "2022"]) == 1
    assert f"{FOLDER}/unit.yml:2:" in said()
    assert not (archive / FOLDER / "2022.yml").exists()


# --- export ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", PRINTED)
@pytest.mark.parametrize("word", [f"{UNIT}/2021", REPORT, FOLDER, "reports"])
def test_export(archive: Path, said: Callable[[], str], word: str, ending: str) -> None:
    """A report by id, by file or by folder; asked for twice it is written once, and again the same."""
    assert main(["export", word, f"{UNIT}/2021", "--to", ending, "-o", "out/in"]) == 0
    file = archive / "out" / "in" / f"{UNIT}-2021.{ending}"
    assert said() == f"写好 out/in/{UNIT}-2021.{ending}\n"
    data = file.read_bytes()
    assert main(["export", word, "--to", ending, "-o", "out/in"]) == 0
    assert [p.name for p in file.parent.iterdir()] == [file.name]
    assert file.read_bytes() == data


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ([f"{UNIT}/2021"], "还缺：--to"),
        (["--to", "docx"], "还缺：报告"),
        ([f"{UNIT}/2021", "--to", "doc"], "--to 没有“doc”，可以写：docx, xlsx, html"),
        ([f"{UNIT}/2020", "--to", "html"], f"没有 {UNIT} 的2020年度报告。档案里有的年度：2021。"),
        (["330411198/2021", "--to", "html"], f"是不是想写 {UNIT}？"),
        (["示例镇/2021", "--to", "html"], f"编号：{UNIT}"),
        (["nothing.yml", "--to", "html"], "没有 nothing.yml 这个文件或文件夹"),
        ([f"{FOLDER}/unit.yml", "--to", "html"], "里没有年报"),
        ([f"{UNIT}/2021", "--to", "html", "-o", REPORT], f"写不进 {REPORT}/{UNIT}-2021.html"),
    ],
    ids=spelt,
)
def test_export_refuses(archive: Path, said: Callable[[], str], words: list[str], answer: str) -> None:
    before = snapshot(archive)
    assert main(["export", *words]) == 2
    assert answer in said()
    assert snapshot(archive) == before


def test_export_of_a_report_too_long(archive: Path, said: Callable[[], str]) -> None:
    write(archive, {"正文/总体情况": "甲" * 40_000})
    assert main(["export", f"{UNIT}/2021", "--to", "xlsx", "-o", "out"]) == 2
    assert "Excel 一格最多 32,767 字" in said()
    assert not (archive / "out").exists()


def test_export_of_a_broken_report(archive: Path, said: Callable[[], str]) -> None:
    """It is told of, the others are written all the same."""
    (archive / FOLDER / "2022.yml").write_text("格式: 2021\n", encoding="utf-8")
    assert main(["export", FOLDER, "--to", "html", "-o", "out"]) == 1
    assert f"{FOLDER}/2022.yml:1:" in said()
    assert [p.name for p in (archive / "out").iterdir()] == [f"{UNIT}-2021.html"]


# --- explain -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["T3-ROW-SUM", "t3-row-sum"])
def test_explain(said: Callable[[], str], name: str) -> None:
    rule = next(rule for rule in RULES if rule.id == "T3-ROW-SUM")
    assert main(["explain", name]) == 0
    text = said()
    for part in (rule.title, rule.reason, rule.advice, "错误", "会指出：", "不会指出：", "改成："):
        assert part in text


def test_explain_unknown(said: Callable[[], str]) -> None:
    assert main(["explain", "T3-ROWSUM"]) == 2
    assert "是不是想写 T3-ROW-SUM" in said()


# --- generated files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "folder", "suffix"), [("docs", "docs/rules", "md"), ("schema", "build_tools/schema", "json")]
)
def test_generated(archive: Path, said: Callable[[], str], command: str, folder: str, suffix: str) -> None:
    """Missing, stale and surplus files are named by --check and put right without it."""
    assert main([command, "--check"]) == 1
    assert "缺少 " in said()
    assert not (archive / folder).exists()
    assert main([command]) == 0
    assert main([command, "--check"]) == 0
    said()

    first = min((archive / folder).iterdir())
    first.write_text("旧", encoding="utf-8")
    (archive / folder / f"extra.{suffix}").write_text("", encoding="utf-8")
    assert main([command, "--check"]) == 1
    assert said().splitlines() == [f"过时 {folder}/{first.name}", f"多余 {folder}/extra.{suffix}"]
    assert main([command]) == 0
    assert main([command, "--check"]) == 0


# --- how it ends -------------------------------------------------------------------------------------


EXAMPLES = [
    (name, re.split(" > |   ", line.strip())[0].split())  # what follows is where it goes, or what it is for
    for name, (_, _, examples) in COMMANDS.items()
    for line in examples.splitlines()
]


@pytest.mark.parametrize("name", [None, *cli.COMMANDS])
def test_help(said: Callable[[], str], name: str | None) -> None:
    assert main([*([name] if name else []), "--help"]) == 0
    text = said()
    assert text.startswith("用法：nianbao")
    assert f"例：\n  nianbao {name or ''}".rstrip() in text
    assert "usage" not in text


@pytest.mark.parametrize(
    ("name", "words"),
    EXAMPLES,
    ids=spelt,
)
def test_examples_in_the_help_are_valid(name: str, words: list[str]) -> None:
    assert words[:2] == ["nianbao", name]
    assert usage.parser().parse_args(words[1:]).command == name


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ([], "用法：nianbao"),
        (["chek"], "没有“chek”这个命令，可以写：build, assemble, check"),
        (["check", "--formt", "json"], "不认识：--formt"),
        (["check", "--format", "xml"], "--format 没有“xml”，可以写：text"),
        (["check", "--format"], "--format 后面要写一个值"),
        (["explain"], "还缺：规则"),
        (["check", "--jobs", "0"], "要写 1 或更大的整数，这里是“0”"),
        (["build", "--jobs", "two"], "要写 1 或更大的整数，这里是“two”"),
    ],
    ids=spelt,
)
def test_wrong_usage(said: Callable[[], str], words: list[str], answer: str) -> None:
    assert main(words) == 2
    assert answer in said()


def test_answers_hold_no_terminal_escapes(said: Callable[[], str]) -> None:
    assert main(["explain", "\x1b[31mX"]) == 2
    assert "\x1b" not in said()


@pytest.mark.usefixtures("archive")
def test_interrupted(monkeypatch: pytest.MonkeyPatch, said: Callable[[], str]) -> None:
    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "survey", interrupt)
    assert main(["check"]) == 130
    assert said().count("\n") == 1


@pytest.mark.usefixtures("archive")
def test_a_fault_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> NoReturn:
        raise RuntimeError("ours")

    monkeypatch.setattr(checking, "survey", fail)
    with pytest.raises(RuntimeError, match="ours"):
        main(["check"])


def run(archive: Path, *words: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "build_tools", *words],
        cwd=archive,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_nobody_reads(archive: Path) -> None:
    """As in `nianbao check | head -0`: no traceback."""
    write(archive, WRONG)
    with run(archive, "check") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_same_bytes_in_every_locale(archive: Path) -> None:
    """Neither the locale nor the width of the terminal changes a byte."""
    write(archive, WRONG)
    said = []
    for settings in (
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "zh_CN.UTF-8", "COLUMNS": "30"},
    ):
        for words in (["check"], ["check", "--help"], ["explain", "T3-ROW-SUM"]):
            with run(archive, *words, **settings) as process:
                said.append(process.communicate())
    assert said[:3] == said[3:]
    assert "错误".encode() in said[0][0]
