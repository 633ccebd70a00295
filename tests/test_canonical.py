"""The reader of the layout that `fmt` writes: what it takes, libyaml's reader takes just so; the rest it leaves."""

import random
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from build_tools.decode import decode
from build_tools.forms import official
from build_tools.source import Source, canonical, parse, reader
from build_tools.source.nodes import Figures, Mapping, Node, Scalar
from build_tools.store import Store
from build_tools.units import decode_unit
from build_tools.write import report_text, unit_text
from tests import synthetic
from tests.strategies import any_report, edited, units

ROOT = Path(__file__).parents[1]
FILES = sorted(
    path for archive in (ROOT, ROOT / "tests/miniature") for path in archive.glob("reports/*/*/*/*.yml")
)
TEXTS = [path.read_text(encoding="utf-8") for path in FILES]
SMALL = """\
# 头
格式: 2021
标题: 甲 乙：丙#丁
来源:
  网址: http://a.cn:80/
  文件: "a, b"
正文:
  引言: |
    一

    - 二: "三" # 四
  总体情况: |2
      五
  其他: '"'
主动公开:
  规章: [0, 12, 3]
  行政许可: [35, +156, ~]
  行政处罚: ["1,113", -3, 缺, /, 1.50]
数据:
  - 指标: 信息
    数值: 3
  - 指标: ~
别名: []
"""


def bare(node: Node | None) -> Any:
    """A node as a value that can be compared, places included."""
    if node is None or isinstance(node, Scalar):
        return node
    if isinstance(node, Mapping):
        return node.at, [(key, at, bare(item)) for key, (at, item) in node.items.items()]
    return node.at, [bare(item) for item in node.items]


def same(text: str) -> bool:
    """Whether the layout's reader takes the text; if so, libyaml's reader says just the same of it."""
    quick = canonical.read(text)
    if quick is None:
        return False
    root, problems = reader.read(text)
    assert problems == ()
    assert bare(quick) == bare(root)
    one, other = Source(quick, text), Source(root, text)
    forms = official()
    assert decode(one, "330411103", 2020, forms) == decode(other, "330411103", 2020, forms)
    assert decode_unit(one, "330411103") == decode_unit(other, "330411103")
    return True


@pytest.mark.parametrize("text", [SMALL, *TEXTS], ids=["small", *(str(p.relative_to(ROOT)) for p in FILES)])
def test_our_files_are_taken(text: str) -> None:
    assert same(text)


def test_synthetic_files_are_taken(root: Path) -> None:
    places = synthetic.places(Store(root).register())
    for place, year in islice(places, 200):
        assert same(report_text(synthetic.report(place, year)))
        assert same(unit_text(place.unit))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("标题: 甲", "标题:  甲"),
        ("标题: 甲", "标题: 甲: 乙"),
        ("标题: 甲", "标题: 甲 # 注释"),
        ("标题: 甲", "标题: &a 甲"),
        ("标题: 甲", "标题: *a"),
        ("标题: 甲", "标题: !t 甲"),
        ("标题: 甲", "标题: 甲\n标题: 甲"),
        ("标题: 甲", "标题: 甲\n    乙"),
        ("标题: 甲", "标题: 甲\n\n"),
        ("标题: 甲", "标题: 甲\n# 注释\n"),
        ("标题: 甲", "标题:\t甲"),
        ("标题: 甲", "标题: 甲\u2028"),
        ("标题: 甲", "标题: 010"),
        ("标题: 甲", "标题: no"),
        ("标题: 甲", "标题: 1:30"),
        ("标题: 甲", '标题: "\\n"'),
        ("标题: 甲", "标题: 'a''b'"),
        ("标题: 甲", "标题: >\n  甲"),
        ("标题: 甲", "标题: {甲: 乙}"),
        ("标题: 甲", "标题:"),
        ("标题: 甲", "010: 甲"),
        ("标题: 甲", "<<: 甲"),
        ("标题: 甲", "? 甲"),
        ("标题: 甲", "---\n标题: 甲"),
        ("标题: 甲", "%YAML 1.2\n---\n标题: 甲"),
        ("[0, 12, 3]", "[0, 12, 3] # 注释"),
        ("[0, 12, 3]", "[0, 012, 3]"),
        ("[0, 12, 3]", f"[0, {'1' * 16}, 3]"),
        ("[0, 12, 3]", "[0,12, 3]"),
        ("[0, 12, 3]", "[0, 12, 3,]"),
        ("[0, 12, 3]", "[0, [12], 3]"),
        ("[0, 12, 3]", "[0, 12,\n    3]"),
        ("[0, 12, 3]", "[0, １２, 3]"),
        ("    一\n", "   一\n"),
        ("    一\n", "     一\n"),
        ("    一\n", "\n    一\n"),
        ("  - 指标: ~\n", "  -  指标: ~\n"),
        ("  - 指标: ~\n", "  - 指标\n"),
        ("  - 指标: ~\n", "  - - 指标: ~\n"),
        ("别名: []\n", "别名: []"),
        ("# 头", "\ufeff# 头"),
        ("# 头", " # 头"),
    ],
)
def test_all_else_is_left(before: str, after: str) -> None:
    """Not only what is wrong, but what is merely written in another way."""
    text = SMALL.replace("标题: 甲 乙：丙#丁", "标题: 甲").replace(before, after, 1)

    assert canonical.read(text) is None


def test_nesting_is_left() -> None:
    """However deep the text, it costs no depth of Python's."""
    deep = "".join(f"{'  ' * depth}甲:\n" for depth in range(1000)) + "  " * 1000 + "乙: 1\n"

    assert canonical.read(deep) is None


def test_a_row_of_figures_is_one_node() -> None:
    root = parse(SMALL).root
    assert isinstance(root, Mapping)
    table = root.items["主动公开"][1]
    assert isinstance(table, Mapping)

    assert [isinstance(item, Figures) for _, item in table.items.values()] == [True, False, False]


@given(edited(st.sampled_from([SMALL, *TEXTS]) | any_report().map(report_text) | units().map(unit_text)))
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@example("甲: 1\n")
@example("甲:\n  乙: |\n    一\n     \n丙: 1\n")
def test_what_is_taken_is_taken_alike(text: str) -> None:
    """Whatever is done to a file's text."""
    same(text)


def test_many_small_edits_are_taken_alike() -> None:
    """The same from a fixed seed, with more edits than hypothesis has time for, on a text of every layout."""
    chance = random.Random(2026)  # noqa: S311  # the same each time
    bits = [*" :#-[],|'\"~+0179\n甲：", "  ", ": ", "- ", ", ", "|2", "no", "\n\n", "\n    ", "\t", "/"]
    taken = 0
    for _ in range(3000):
        text = SMALL
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice([*bits, ""]) + text[at + chance.choice([0, 0, 1, 2]) :]
        taken += same(text)

    assert taken > 300
