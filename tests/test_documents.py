"""What the documents tell people to type, open and write exists and works."""

import argparse
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from build_tools.brief import requests
from build_tools.cli import usage
from build_tools.decode import decode
from build_tools.due import dues
from build_tools.form import Form
from build_tools.formatting import layout, layout_unit
from build_tools.forms import official
from build_tools.render import totals
from build_tools.render.charts import BINS
from build_tools.rules import RULES
from build_tools.source import parse, plain
from build_tools.units import UNIT_ID, kinds, levels
from build_tools.write import MODELINE
from tests.casework import UNIT, Tree, base, judge, noughts, yaml_text

ROOT = Path(__file__).parent.parent
FRONT = [*ROOT.glob("*.md")]
PAGES = sorted(
    [*FRONT, *ROOT.glob("docs/*.md"), *ROOT.glob(".github/**/*.md"), *ROOT.glob(".github/**/*.yml")]
)
TEMPLATES = ROOT / "build_tools/render/templates"
PART = "<!-- 片段 -->"
"""Stands before an example that is only a part of a report."""

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$", re.DOTALL | re.MULTILINE
)


def name(value: object) -> str | None:
    return value.relative_to(ROOT).as_posix() if isinstance(value, Path) else None


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# --- what is typed -----------------------------------------------------------------------------------


def typed(path: Path) -> Iterator[str]:
    """Each line of code in a document; of a workflow, each command."""
    text = read(path)
    if path.suffix == ".yml":
        yield from re.findall(r"run: (.*)", text)
        return
    for fence in _FENCE.finditer(text):
        yield from (line.split("  #")[0] for line in fence["text"].splitlines())
    yield from re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))


def targets() -> Mapping[str, str]:
    """Each target of the Makefile with its recipe."""
    rules = re.findall(r"^([a-z-]+):[^\n]*\n((?:\t.*\n)*)", read(ROOT / "Makefile"), re.MULTILINE)
    return dict(rules)


def commands() -> Mapping[str, argparse.ArgumentParser]:
    """Each command of `nianbao`."""
    (sub,) = [a for a in usage.parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(sub.choices)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_commands(path: Path) -> None:
    """Targets of make with their variables, commands of nianbao with their options."""
    for line in typed(path):
        for target, rest in re.findall(r"\bmake ([a-z-]+)([^|;&]*)", line):
            assert target in targets(), line
            for variable in re.findall(r"\b([A-Z]+)=", rest):
                assert f"$({variable})" in targets()[target], line
        for command, rest in re.findall(r"\bnianbao ([a-z]+)([^|;&]*)", line):
            assert command in commands(), line
            for option in re.findall(r"--[a-z-]+", rest):
                assert option in commands()[command]._option_string_actions, line


def test_clerks_are_told_what_they_have(root: Path) -> None:
    """`nianbao` is not on the path of whoever only ran make: the Chinese guides say the form with make."""
    for path in ("README.zh.md", "CONTRIBUTING.md", "docs/contribute.md", "docs/format.md"):
        assert [line for line in typed(root / path) if re.match(r"nianbao [a-z]", line)] == []
    assert {"new", "check", "fmt", "explain"} <= set(targets())


def test_every_target_is_in_the_help() -> None:
    """No target that a document names is missing from the list that `make` prints."""
    helped = set(re.findall(r"^([a-z-]+):.*## ", read(ROOT / "Makefile"), re.MULTILINE))
    named = {t for path in PAGES for line in typed(path) for t in re.findall(r"\bmake ([a-z-]+)", line)}
    assert named <= helped


# --- what is opened ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FRONT, ids=name)
def test_relative_links(path: Path) -> None:
    """Each leads to a file or folder, and to a heading that is there."""
    for link in re.findall(r"\]\(([^)\s]+)\)", read(path)):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        found = path.parent / target if target else path
        assert found.exists(), link
        assert not anchor or f"{{#{anchor}}}" in read(found), link


def test_forms_of_the_host_are_named_as_they_are() -> None:
    """“按那里的表单……”: the names of .github/ISSUE_TEMPLATE."""
    offered = {
        found[1]
        for path in ROOT.glob(".github/ISSUE_TEMPLATE/*.yml")
        if (found := re.search(r"^name: (.*)$", read(path), re.MULTILINE))
    }
    named = {form for path in PAGES for form in re.findall(r"表单“([^”]*)”", read(path))}
    assert named
    assert named <= offered


def test_the_archive_has_one_name() -> None:
    found = re.search(r"^site_name: (.*)$", read(ROOT / "mkdocs.yml"), re.MULTILINE)
    assert found
    for path in ("README.zh.md", "LICENSE-DATA.md", "docs/index.md"):
        assert found[1] in read(ROOT / path)
    assert "年度报告档案（" not in read(ROOT / "LICENSE-DATA.md")


# --- what is told in several places ------------------------------------------------------------------


def test_the_readme_lists_every_command() -> None:
    told = set(re.findall(r"`nianbao ([a-z]+)", read(ROOT / "README.md")))
    assert told == set(commands())


def test_no_stray_comments() -> None:
    """What tests and benches add to a document does not stay there."""
    left = [path for path in PAGES if re.search(r"<!-- [\d.]+ -->", read(path))]
    assert left == []


def test_few_is_one_number() -> None:
    """No share, spread or rank is told of fewer; the summary speaks of requests, the totals of units."""
    assert vars(totals)["FEW"] == requests.FEWEST
    counted = "零一二三四五六七八九"[requests.FEWEST]
    assert f"不足{counted}件的不算百分比" in read(ROOT / "docs/about.md")


def test_the_comparison_takes_as_many_everywhere() -> None:
    """The script, the page that holds it, and the link on a unit's page that fills it."""
    found = re.search(r"const MOST = (\d);", read(ROOT / "overrides/assets/compare/address.js"))
    assert found
    most = int(found[1])
    assert f"最多{'零一二三四五六七八九'[most]}份" in read(TEMPLATES / "compare.html.jinja")
    assert re.findall(r"own\[:(\d+)\]", read(TEMPLATES / "unit.html.jinja")) == [str(most)]


def test_ranges_are_told_as_they_are_drawn() -> None:
    labels = "、".join(label for label, _ in BINS)
    assert labels in read(TEMPLATES / "totals.html.jinja").replace(" ", "")


def test_blank_and_absent_have_one_word_each() -> None:
    """空白 and 尚未收录, on pages and in what is written of them; in narrow places 空 and —."""
    other = re.compile("空格(?!隔开)|空着|没有填全|尚无|(?<!尚)未收录|没有收录(?!与改动)|有数的单位|核对得了")
    pages = [ROOT / f"docs/{page}.md" for page in ("index", "about", "accessibility", "api", "corrections")]
    scripts = [ROOT / f"overrides/assets/compare/{script}.js" for script in ("chosen", "view", "page")]
    sources = [*ROOT.glob("build_tools/brief/*.py"), *ROOT.glob("build_tools/render/*.py")]
    read_by_all = [*TEMPLATES.glob("*.jinja"), *pages, *scripts, *sources]
    found = {path.name: told for path in read_by_all if (told := other.findall(read(path)))}
    assert found == {}
    assert other.findall("空格当作没有，年份列为未收录") == ["空格", "未收录"]


def test_days_are_told_as_they_are_known() -> None:
    """docs/feeds.md has the days of kinds.yml, each with what it rests on, and those of before 2019 below."""
    table = re.findall(
        r"^\| (.+?) \| (\d+)月(\d+)日 \| (.+?) \|$", read(ROOT / "docs/feeds.md"), re.MULTILINE
    )
    told = {who: (int(month), int(day), basis) for who, month, day, basis in table}
    now = {who: one for one in dues() for who in one.of if one.last is None}
    assert {who: on[:2] for who, on in told.items()} == {
        who: (one.month, one.day) for who, one in now.items()
    }
    for who, one in now.items():
        clause = one.basis[-3:]  # 第一款; where no law says so, the words of kinds.yml in short
        assert one.binding == (clause in told[who][2] and clause.endswith("款"))
        assert one.binding != told[who][2].startswith("条例没有写明")
    (before,) = [one for one in dues() if one.last]
    assert f"2019 年修订以前，各级行政机关都是 {before.month}月{before.day}日" in read(ROOT / "docs/feeds.md")


# --- what is written ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Example:
    """An example in a document: a whole report or unit file, or a part of a report."""

    path: Path
    number: int
    text: str
    part: bool

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT).as_posix()} {self.number}"


def examples() -> Iterator[Example]:
    for path in [*FRONT, *sorted(ROOT.glob("docs/*.md"))]:
        text = read(path)
        fences = [fence for fence in _FENCE.finditer(text) if fence["language"] == "yaml"]
        for number, fence in enumerate(fences, 1):
            inner = fence["text"].replace(f"\n{fence['indent']}", "\n").removeprefix(fence["indent"])
            yield Example(path, number, inner, text[: fence.start()].rstrip().endswith(PART))


WHOLE = [example for example in examples() if not example.part]
PARTS = [example for example in examples() if example.part]


def tree_of(text: str) -> Tree:
    tree = plain(text)
    assert isinstance(tree, dict)
    return cast("Tree", tree)


@pytest.mark.parametrize("example", WHOLE, ids=str)
def test_whole_examples(example: Example) -> None:
    """A report passes every rule, a unit is read, and both stand as `make fmt` lays them out."""
    text = example.text
    tree = tree_of(text)
    if "类别" in tree:
        tidy, problems = layout_unit(text, UNIT)
        assert problems == ()
    else:
        year = re.search(r"\d{4}", tree["标题"])
        assert year
        tidy, problems = layout(text, UNIT, int(year[0]))
        assert problems == ()
        unit = {"名称": "示例镇"}
        verdict = judge({"text": text, "form": tree["格式"], "year": year[0], "unit": unit})
        assert verdict.findings == ()
    assert tidy
    assert "".join(line for line in tidy.splitlines(keepends=True) if not line.startswith(MODELINE)) == text


def test_there_is_a_whole_report_and_a_whole_unit() -> None:
    keys = {key for example in WHOLE for key in tree_of(example.text)}
    assert {"格式", "复议诉讼", "名称", "后继"} <= keys


@pytest.mark.parametrize("example", PARTS, ids=str)
def test_parts_of_a_report(example: Example) -> None:
    """In a sound report, in place of what it has under the same keys, such a part is read without a problem."""
    given = tree_of(example.text)
    tree = _around(given.get("格式", "2021"))
    kept = "".join(f"{key}: {yaml_text(value)}\n" for key, value in tree.items() if key not in given)
    report, problems = decode(parse(kept + example.text), UNIT, 2022, official())

    assert problems == ()
    assert report is not None
    assert {waiver.rule for waiver in report.waivers} <= {rule.id for rule in RULES if rule.waivable}


def _around(chosen: Any) -> Tree:
    """A sound report in a form, or with each table in a form of its own."""
    forms = official()
    if isinstance(chosen, str):
        return base(forms[chosen], 2022)
    latest = max((forms[id_] for id_ in chosen.values()), key=lambda form: form.first or 0)
    return {**base(latest, 2022), **{key: _noughts(forms[id_], key) for key, id_ in chosen.items()}}


def _noughts(form: Form, key: str) -> Tree:
    (table,) = [table for table in form.tables.values() if table.key == key]
    return noughts(table)


def _section(anchor: str) -> str:
    return read(ROOT / "docs/format.md").split(f"{{#{anchor}}}", 1)[1].split("\n## ", 1)[0]


def test_kinds_of_units() -> None:
    """The list in the guide is that of kinds.yml, level by level."""
    _, _, table = _section("unit").partition("**类别**")
    rows = dict(re.findall(r"^\| (\S+) \| (\S+) \|$", table, re.MULTILINE))
    rows.pop("级别")
    expected = {
        level: [kind for kind, data in kinds().items() if data.level == level] for level in reversed(levels())
    }
    assert {level: names.split("、") for level, names in rows.items()} == expected


def test_folders_of_units() -> None:
    """Each folder named in the guide is where a unit of that id belongs."""
    folders = re.findall(r"reports/([\w/-]+?)/?`", _section("unit").split("```", 1)[0])
    assert len(folders) >= 4
    for folder in folders:
        id_ = folder.split("/")[-1]
        assert UNIT_ID.fullmatch(id_), folder
        assert folder == f"{id_[:2]}/{id_[:6]}/{id_}"
