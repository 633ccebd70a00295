"""What people who fill in a report in VS Code see: the very server that it runs reads our schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools.forms import official
from build_tools.model import Unit
from build_tools.units import kinds
from build_tools.write import blank_text, unit_text
from tests.editorwork import Editor

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "reports/33/330411/330411103"
TOWN = Unit("330411103", "油车港镇", kinds()["镇"])
COMMITTED = sorted((ROOT / "reports").glob("*/*/*/*.yml"))
ROW = "  予以公开: [0, 0, 0, 0, 0, 0, 0]\n"

pytestmark = pytest.mark.xdist_group("editor")


@pytest.fixture(scope="module")
def editor(node: list[str], node_path: Path) -> Iterator[Editor]:
    """One whose language is English: what our schemas say is Chinese whatever it is."""
    running = Editor(node, node_path, ROOT)
    yield running
    running.close()


@pytest.fixture(scope="module")
def text() -> str:
    """A good report."""
    return (FOLDER / "2020.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_good_documents(editor: Editor, path: Path) -> None:
    """Reports of the archive and its units: nothing is underlined."""
    assert editor.problems(path.parent, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("form", official().values(), ids=lambda form: form.id)
def test_blank_reports(editor: Editor, form: object) -> None:
    """What `nianbao new` writes, in every form."""
    (blank,) = [blank_text(one, TOWN, 2020) for one in official().values() if one is form]
    assert editor.problems(FOLDER, blank) == []


FAULTS = {
    "a key too many": (ROW, f"  甲乙: 1\n{ROW}", "甲乙", "这里可以写的是：新收、上年结转、予以公开、"),
    "a key misspelt": (
        "  予以公开:",
        "  予以公幵:",
        "予以公幵",
        "这里可以写的是：新收、上年结转、予以公开、",
    ),
    "a row missing": (ROW, "", "申请:", "缺“予以公开”这一项。"),
    "a row misspelt deeper": ("    国家秘密:", "    国家密秘:", "国家密秘", "这里可以写的是：国家秘密、"),
    "a table missing": ("申请:\n", "申請:\n", "申請", "这里可以写的是：格式、标题、"),
    "a row that is a number": (
        ROW,
        "  予以公开: 0\n",
        "0\n",
        "这一行要写 7 格：[~, ~, ~, ~, ~, ~, ~]，依次：自然人、",
    ),
    "a row that is short": (ROW, "  予以公开: [0, 0]\n", "[0, 0]", "这一行要写 7 格"),
    "a row that is long": (ROW, "  予以公开: [0, 0, 0, 0, 0, 0, 0, 0]\n", "[0, 0, 0, 0", "这一行要写 7 格"),
    "a cell that is a list": (ROW, "  予以公开: [0, 0, [1], 0, 0, 0, 0]\n", "[1]", "一格写一个数"),
    "a date in words": ("获取日期: ", "获取日期: 昨天 # ", "昨天", "日期写成 2021-01-31；不知道写 ~。"),
    "a form that is none": ("格式: 2019", "格式: 2099", "2099", "这里可以写的是：2019。"),
    "a title that is a list": ("标题: ", "标题: [甲] # ", "[甲]", "“标题”写一行文字"),
    "an address without https": (
        "网址: ",
        "网址: www.example.cn # ",
        "www",
        "网址以 http:// 或 https:// 开头",
    ),
    "a digest that is none": ("sha256: ", "sha256: abc # ", "abc", "64 个小写的十六进制字符"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_one_message(editor: Editor, text: str, fault: str) -> None:
    """Where it is, in plain Chinese, and nothing beside it."""
    old, new, place, message = FAULTS[fault]
    assert text.count(old) >= 1
    wrong = text.replace(old, new, 1)
    (found,) = editor.problems(FOLDER, wrong)
    assert found["message"].startswith(message) or message in found["message"]
    assert re.search("[\u4e00-\u9fff]", found["message"])
    assert "\n" not in found["message"]
    at = found["range"]["start"]
    line = wrong.split("\n")[at["line"]]
    assert f"{line[at['character'] :]}\n".startswith(place) or line.startswith(place)


def test_a_fault_in_a_unit(editor: Editor) -> None:
    good = unit_text(TOWN)
    (found,) = editor.problems(FOLDER, good.replace("类别: 镇", "类别: 市镇"))
    assert found["message"].startswith("这里可以写的是：")
    (found,) = editor.problems(FOLDER, good.replace("主页: ~", "主页: x"))
    assert found["message"] == "网址以 http:// 或 https:// 开头；没有写 ~。"


def test_hover_of_a_table(editor: Editor, text: str) -> None:
    document = editor.open(FOLDER, text)
    line = text.split("\n").index("申请:")
    found = editor.at("hover", document, line, 1)["contents"]["value"]
    assert "收到和处理政府信息公开申请情况" in found
    assert "不要补 0" in found


def _place(text: str, words: str) -> tuple[int, int]:
    before = text[: text.index(words)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("予以公开: [", ("（一）予以公开", "条例第三十六条", "依次：自然人、商业企业、")),
        ("标题:", ("标题", "照原件写，一字不改。")),
        ("获取日期:", ("获取日期", "写成 2021-01-31", "2021-01-31")),
        ("新收:", ("一、本年新收政府信息公开申请数量",)),
    ],
    ids=["row", "title", "date", "row by its label"],
)
def test_hover(editor: Editor, text: str, words: str, expected: tuple[str, ...]) -> None:
    """On a key: what the form calls it, what it means, what stands in it, an example where one helps."""
    found = editor.at("hover", editor.open(FOLDER, text), *_place(text, words))
    assert [one for one in expected if one not in found["contents"]["value"]] == []


def test_completion(editor: Editor, text: str) -> None:
    """Of rows those that are not there yet, with as many blanks as they have cells."""
    start = text.index(ROW)
    begun = f"{text[:start]}  "
    line = begun.count("\n")
    found = editor.at("completion", editor.open(FOLDER, begun), line, 2)["items"]
    offered = {item["label"]: item["insertText"] for item in found}
    assert offered["予以公开"] == "予以公开: [~, ~, ~, ~, ~, ~, ~]"
    assert {"部分公开", "不予公开", "总计", "结转下年度"} <= set(offered)
    assert not {"新收", "上年结转"} & set(offered)


def test_the_folder_asks_for_the_extension() -> None:
    """And its settings are those the server was tested with."""
    extensions = (ROOT / ".vscode/extensions.json").read_text(encoding="utf-8")
    settings = (ROOT / ".vscode/settings.json").read_text(encoding="utf-8")
    assert '"redhat.vscode-yaml"' in extensions
    assert '"yaml.validate": true' in settings
    assert '"yaml.schemaStore.enable": false' in settings  # nothing is fetched from another host
