"""Writing: canonical, lossless, and read alike by libyaml, by YAML 1.2 and by the editors' library."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from build_tools.decode import decode
from build_tools.finding import Problem
from build_tools.form import Form
from build_tools.formatting import layout, layout_unit
from build_tools.forms import official
from build_tools.model import Report, Unit
from build_tools.source import parse
from build_tools.source.characters import ODD
from build_tools.source.nodes import Mapping, Node, Scalar, Sequence
from build_tools.source.scalars import bent, written
from build_tools.units import decode_unit, kinds
from build_tools.write import blank_text, report_text, unit_text
from tests.strategies import AWKWARD, LINE, PROSE, any_report, units

ROOT = Path(__file__).parent.parent
COMMITTED = sorted((ROOT / "reports").glob("*/*/*/[12]*.yml"))
FORMS = list(official().values())
TOWN = Unit("330411103", "油车港镇", kinds()["镇"])
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)


def read(text: str) -> tuple[Report | None, tuple[Problem, ...]]:
    return decode(parse(text), "330411103", 2020, official())


# --- lossless and canonical --------------------------------------------------------------------------


@slow
@given(any_report())
def test_what_is_written_reads_back(report: Report) -> None:
    text = report_text(report)

    assert read(text) == (report, ())
    assert layout(text, report.unit, report.year) == (text, ())


@given(units())
def test_a_unit_reads_back(unit: Unit) -> None:
    text = unit_text(unit)

    assert decode_unit(parse(text), unit.id) == (unit, ())
    assert layout_unit(text, unit.id) == (text, ())


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_committed_reports_are_canonical(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert layout(text, path.parent.name, int(path.stem)) == (text, ())


def test_committed_units_are_canonical() -> None:
    for path in (ROOT / "reports").glob("*/*/*/unit.yml"):
        text = path.read_text(encoding="utf-8")
        assert layout_unit(text, path.parent.name) == (text, ())


def test_there_are_committed_reports() -> None:
    assert len(COMMITTED) >= 5


UNTIDY = """\
# 张三录入
# yaml-language-server: $schema=old.json

{"来源": {"转录": 人工, '网址': "https://www.example.gov.cn/"}, "标题": >-
    甲
    乙,
"格式": '无', "确认": [], 章节: [{正文: "一\\n\\n二"}]}
"""
TIDY = """\
# yaml-language-server: $schema=../../../../build_tools/schema/none.json
# 张三录入
格式: 无
标题: 甲 乙
公布日期: ~
来源:
  文件: ~
  sha256: ~
  网址: https://www.example.gov.cn/
  获取日期: ~
  转录: 人工
章节:
  - 标题: ~
    正文: |
      一

      二
"""


def test_layout() -> None:
    """Order, quotes and blocks become canonical; comments in the head stay, the modeline is renewed."""
    untidy = UNTIDY.replace(">-\n    甲\n    乙,", '"甲\n  乙",')

    assert layout(untidy, "330411103", 2020) == (TIDY, ())
    assert layout(TIDY, "330411103", 2020) == (TIDY, ())


def test_layout_refuses_comments_below_the_head_and_files_that_do_not_read() -> None:
    text, problems = layout(TIDY.replace("甲 乙", "甲 乙 # 丙").replace("来源", "来原"), "330411103", 2020)

    assert text is None
    assert [p.rule for p in problems] == ["YAML-COMMENT", "SCHEMA-UNKNOWN", "ID-REQUIRED"]


# --- a blank report ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_blank_report_reads_and_has_nothing_in_it(form: Form) -> None:
    text = blank_text(form, TOWN, 2020)
    report, problems = read(text)

    assert problems == ()
    assert report
    assert report.form is form
    assert report.title == "油车港镇2020年政府信息公开工作年度报告"
    assert report.text().strip() == ""
    assert {spot.cell.state.value for t in report.tables.values() for spot in t.spots()} <= {"blank"}
    assert layout(text, TOWN.id, 2020) == (text, ())
    lines = text.splitlines()
    assert {line[0] for line in lines if "#" in line} == {"#"}
    for columns in {line.columns for table in form.tables.values() for line in table.lines.values()}:
        if len(columns) > 1:
            assert any(line.endswith("、".join(c.label for c in columns)) for line in lines)
    assert "CONTRIBUTING.md" in lines[1]


# --- other readers -----------------------------------------------------------------------------------

Tree = Any
"""What a reader makes of a file, in a form in which readers can be compared."""


def ours(node: Node | None) -> Tree:
    """Mappings as pairs, so that order counts; `~` is null; a number in text is that number."""
    if isinstance(node, Mapping):
        return {"pairs": [[key, ours(item)] for key, (_, item) in node.items.items()]}
    if isinstance(node, Scalar):
        return None if node.plain and node.value in {"", "~"} else value(node.value, plain=node.plain)
    return [ours(item) for item in node.items] if node else None


def value(text: str, *, plain: bool) -> str | float:
    """A bare text that is a figure is a number to others."""
    try:
        return float(text) if plain and text.isascii() and not text.isalpha() else text
    except ValueError:
        return text


def others(data: object) -> Tree:
    if isinstance(data, dict):
        return {"pairs": [[str(key), others(item)] for key, item in data.items()]}
    if isinstance(data, list):
        return [others(item) for item in data]
    if isinstance(data, bool) or data is None:
        return data
    return float(data) if isinstance(data, int | float) else str(data)


def yaml_1_1(text: str) -> Tree:
    return others(yaml.load(text, yaml.CSafeLoader))


def yaml_1_2(text: str) -> Tree:
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    return others(reader.load(StringIO(text)))


@settings(slow, max_examples=20)
@given(any_report())
def test_readers_of_yaml_1_1_and_1_2_agree(report: Report) -> None:
    text = report_text(report)

    assert yaml_1_1(text) == ours(parse(text).root)
    assert yaml_1_2(text) == ours(parse(text).root)


SCRIPT = """
const YAML = require('yaml')
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'))
const tree = (node) =>
  YAML.isMap(node) ? { pairs: node.items.map((pair) => [String(pair.key.value), tree(pair.value)]) }
  : YAML.isSeq(node) ? node.items.map(tree)
  : node === null ? null : node.value
const read = (text, version) => {
  const document = YAML.parseDocument(text, { version })
  return document.errors.length || document.warnings.length
    ? { errors: [...document.errors, ...document.warnings].map(String) }
    : tree(document.contents)
}
console.log(JSON.stringify(texts.map((text) => [read(text, '1.2'), read(text, '1.1')])))
"""


@pytest.fixture(scope="module")
def editors_library(node: list[str], node_path: Path) -> Callable[[list[str]], list[list[Tree]]]:
    """Texts -> what the `yaml` package of the editors' language server makes of each, as YAML 1.2 and 1.1."""

    def run(texts: list[str]) -> list[list[Tree]]:
        done = subprocess.run(
            [*node, "-e", SCRIPT],
            input=json.dumps(texts),
            capture_output=True,
            encoding="utf-8",
            env={"NODE_PATH": str(node_path)},
            check=True,
        )
        return [[numbers(tree) for tree in trees] for trees in json.loads(done.stdout)]

    return run


def numbers(data: Tree) -> Tree:
    """JSON writes 4.0 as 4."""
    if isinstance(data, dict):
        return {key: numbers(item) for key, item in data.items()}
    if isinstance(data, list):
        return [numbers(item) for item in data]
    return float(data) if isinstance(data, int) and not isinstance(data, bool) else data


def test_the_editors_library_agrees(editors_library: Callable[[list[str]], list[list[Tree]]]) -> None:
    """On the committed reports, blank ones, and made-up ones: one run of node for all."""
    texts = [path.read_text(encoding="utf-8") for path in COMMITTED]
    texts += [blank_text(form, TOWN, 2020) for form in FORMS]
    texts += made_up()

    for text, trees in zip(texts, editors_library(texts), strict=True):
        expected = ours(parse(text).root)
        for tree in trees:
            assert undated(tree) == expected, text


def undated(data: Tree) -> Tree:
    """YAML 1.1 makes dates of dates; JSON writes them with the hour."""
    if isinstance(data, dict):
        return {key: undated(item) for key, item in data.items()}
    if isinstance(data, list):
        return [undated(item) for item in data]
    return data.removesuffix("T00:00:00.000Z") if isinstance(data, str) else data


def made_up() -> list[str]:
    """Sixty reports, the same each time."""
    found: list[str] = []

    @settings(max_examples=60, derandomize=True, database=None, parent=slow)
    @given(any_report())
    def collect(report: Report) -> None:
        found.append(report_text(report))

    collect()
    return found


# --- single texts ------------------------------------------------------------------------------------


@given(LINE | st.text(), st.booleans())
def test_a_text_is_written_so_that_every_reader_takes_it_for_that_text(text: str, flow: bool) -> None:  # noqa: FBT001  # from hypothesis
    scalar = written(text, flow=flow)
    line = f"键: [{scalar}, 0]\n" if flow else f"键: {scalar}\n"
    source = parse(line)
    if ODD.search(text):  # no file may hold it; it is not bent in silence
        assert {p.rule for p in source.problems} == {"YAML-CHARACTER"}
        return
    assert source.problems == ()
    assert isinstance(source.root, Mapping)
    node = source.root.items["键"][1]
    if isinstance(node, Sequence):
        node = node.items[0]
    assert isinstance(node, Scalar)
    assert node.value == text
    assert not (node.plain and bent(text))
    assert yaml_1_1(line) == yaml_1_2(line) == ours(source.root)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("油车港镇2020年度报告", "油车港镇2020年度报告"),
        ("004_1feac183b5673ebd.txt", "004_1feac183b5673ebd.txt"),
        ("2026-11-21", "2026-11-21"),
        ("2026-02-30", '"2026-02-30"'),
        ("+156", "+156"),
        ("-", '"-"'),
        ("1,113", '"1,113"'),
        ("010", '"010"'),
        ("no", '"no"'),
        ("５", '"５"'),
        ("a: b", '"a: b"'),
        ('说"是"', '说"是"'),
        ('"是"', "'\"是\"'"),
        ("'\"", '"\'\\""'),
        ("本年增\\减", "本年增\\减"),
        ("https://a.cn/b", "https://a.cn/b"),
        ("12e34", '"12e34"'),
    ],
)
def test_quotes_stand_only_where_they_must(text: str, expected: str) -> None:
    assert written(text) == expected


def test_awkward_texts_are_worth_their_name() -> None:
    assert sum(written(text, flow=True) != text for text in AWKWARD) > len(AWKWARD) / 2


@given(PROSE.filter(bool))
def test_prose_keeps_every_character(text: str) -> None:
    report, _ = read(TIDY)
    assert report
    node = parse(report_text(replace(report, note=text))).root

    assert isinstance(node, Mapping)
    prose = node.items["转录说明"][1]
    assert isinstance(prose, Scalar)
    assert prose.value.removesuffix("\n") == text
