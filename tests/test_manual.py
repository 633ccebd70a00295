"""The manual says what the rules and forms say: a page for each, nothing lost, nothing taken for markup."""

import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import markdown  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from build_tools import manual
from build_tools.diagnostics.glyphs import markdown as as_markdown
from build_tools.finding import Severity
from build_tools.form import Form
from build_tools.forms import load, official
from build_tools.forms.shape import single
from build_tools.manual import cases, words
from build_tools.manual.snippets import Data, fence, nested, snippet
from build_tools.rules import RULES
from build_tools.rules.rule import Basis, Rule
from build_tools.source import plain
from build_tools.source.characters import ODD
from tests import casework

PAGES = manual.pages()
IDS = [rule.id for rule in RULES]
EXTENSIONS = ["tables", "attr_list", "admonition", "def_list", "fenced_code"]
EVIL = "a|b <script>alert(1)</script> {: #x } **粗** [链](http://x) `c` &amp; @all"


def html(page: str) -> str:
    """A page as MkDocs would render it, without its front matter."""
    return str(markdown.markdown(page.split("---\n", 2)[2], extensions=EXTENSIONS))


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_rule_has_a_page(rule: Rule) -> None:
    """With all that the catalogue says of it, and each of its examples."""
    page = PAGES[f"docs/rules/{rule.id}.md"]
    shown = " ".join(re.sub("<[^>]*>", "", html(page)).split())

    assert page.startswith(f"---\ntitle: {rule.id}\n")
    assert rule.id in PAGES["docs/rules/index.md"]
    assert page.count("\n### ") == len(casework.cases(rule.id))
    assert page.endswith("\n")
    assert "\n\n\n" not in page
    for text in (rule.title, rule.reason, rule.advice, rule.basis.value):
        bare = " ".join(re.sub("<[^>]*>", "", str(markdown.markdown(as_markdown(text)))).split())
        assert bare in shown


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_the_terminal_tells_the_same(rule: Rule) -> None:
    text = manual.explain(rule)
    for part in (rule.title, rule.reason, rule.advice, *(case.why for case in casework.cases(rule.id))):
        assert part in text


def test_every_rule_is_in_a_chapter() -> None:
    assert [rule.id for rule in RULES if words.chapter(rule) == "其他"] == []


def test_who_looks_at_prose_says_so() -> None:
    """The quality page names the rules that hold prose against tables: those of that chapter, and some next to it."""
    chapters = {rule.id: words.chapter(rule) for rule in RULES}
    of_chapter = {id_ for id_, chapter in chapters.items() if chapter == "正文与表"}
    prose = {rule.id for rule in RULES if rule.prose}
    assert of_chapter <= prose
    assert {chapters[id_] for id_ in prose - of_chapter} == {"表与表"}
    assert words.chapter(next(rule for rule in RULES if rule.id == "NT-G1-SUM")) == "2014年统计表"


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_word_of_a_case_is_told(rule: Rule) -> None:
    """A new key in the case files is a new sentence in the manual."""
    told = {*cases._TOLD, "why", "set", "drop", "years", "text", "mend", "mended_text", "at"}
    told |= {"form", "form_text", "unit", "twins", "divisions", "severity", "beside"}
    assert {key for case in casework.cases(rule.id) for key in case.data} <= told


@pytest.mark.parametrize("form", official().values(), ids=lambda form: form.name)
def test_every_form_has_a_page(form: Form) -> None:
    """With every section, row, column and relation, and the rows' keys."""
    name = form.id if form.id.isascii() else "none"
    page = PAGES[f"docs/forms/{name}.md"]
    shown = re.sub("<[^>]*>", "", html(page))

    assert form.instrument in shown
    assert all(section.heading in shown for section in form.sections)
    for table in form.tables.values():
        assert all(f"{line.row.keys[-1]}:" in page for line in table.lines.values())
        assert all(line.row.label in shown for line in table.lines.values())
        assert all(column.label in shown for line in table.lines.values() for column in line.columns)
        assert all(relation.rule in shown for relation in table.relations)
        assert (
            page.count("待核 |") == sum(line.row.unconfirmed for line in table.lines.values())
            or len(form.tables) > 1
        )


def test_relations_are_sentences() -> None:
    page = PAGES["docs/forms/2019.md"]
    for sentence in (
        "每一列：新收 + 上年结转 = 总计 + 结转下年度",
        "每一行：自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他 = 总计",
        "“总计”列：上年结转 = 上一年报告的结转下年度",
        "“规章”、“规范性文件”行：本年新公开数量 ≤ 对外公开总数量",
    ):
        assert sentence in page


@pytest.mark.parametrize("form", official().values(), ids=lambda form: form.name)
def test_the_tables_shown_blank_are_those_of_the_form(form: Form) -> None:
    """What a page tells editors to write has the very rows and cells that are read."""
    for table in form.tables.values():
        for line in table.lines.values():
            node = plain(words.skeleton(table))
            for key in (table.key, *line.row.keys):
                assert isinstance(node, dict)
                node = node[key]
            assert node == ("~" if single(table, line) else ["~"] * len(line.columns))


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_to_pages(path: str) -> None:
    folder = Path(path).parent
    for target in re.findall(r"\]\(([^)]+)\)", PAGES[path]):
        parts: list[str] = []
        for part in (folder / target).parts:
            parts = parts[:-1] if part == ".." else [*parts, part]
        assert "/".join(parts) in PAGES


@pytest.mark.parametrize("path", PAGES)
def test_front_matter(path: str) -> None:
    """Title and description, as YAML readers take them."""
    head = YAML(typ="safe", pure=True).load(PAGES[path].split("---\n", 2)[1])
    assert list(head) == ["title", "description"]
    assert all(isinstance(value, str) and value for key, value in head.items() if key == "description")


def test_pages_hold_no_control_characters() -> None:
    for path, page in PAGES.items():
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", page), path


def test_nothing_in_a_rule_is_taken_for_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    evil = cases.Example(EVIL, EVIL, f"```\n{EVIL}\n````", (EVIL,), EVIL, EVIL)
    monkeypatch.setattr(manual, "examples", lambda _rule: ((evil,), (evil,)))
    rule = Rule("X-EVIL", Severity.ERROR, Basis.ARCHIVE, title=EVIL, reason=EVIL, advice=EVIL)
    page = html(manual._rule_page(rule))

    outside = re.sub(r"<pre>.*?</pre>", "", page, flags=re.DOTALL)
    assert not re.search("<(script|strong|a|em)|id=.x", page)
    assert "<code" not in outside
    assert page.count("<pre>") == 5
    assert outside.count("a|b &lt;script&gt;") == 11


def test_nothing_in_a_form_is_taken_for_markup() -> None:
    form = official()["2021"]
    page = html(manual._form_page(replace(form, name=EVIL, about=EVIL, instrument=EVIL)))
    assert page.count("a|b &lt;script&gt;") == 3
    assert "<script" not in page


def test_a_new_form_has_a_page_from_its_file_alone() -> None:
    text = (files("build_tools.forms") / "2021.yml").read_text(encoding="utf-8")
    (form,) = load([text.replace('id: "2021"', 'id: "2027"').replace("2021年格式", "2027年格式")]).values()
    assert "# 2027年格式" in manual._form_page(form)


# --- snippets ----------------------------------------------------------------------------------------

keys = st.text(st.sampled_from("甲乙ab1 -:#/~\"'"), min_size=1).filter(lambda key: "/" not in key)
scalars = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"])
    | st.sampled_from("-~:# '\"[]{},0年")
).filter(lambda text: text == text.strip() and not ODD.search(text))  # what no report file may hold
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner, min_size=1), max_leaves=5
)


@given(tree=st.dictionaries(keys, values, min_size=1))
def test_snippets_are_yaml(tree: dict[str, Data]) -> None:
    """A snippet says to a reader of YAML just what the case says."""
    assert plain(snippet(tree)) == tree


def test_nested() -> None:
    assert nested({"甲/乙": "1", "甲/丙": "2", "丁": "3"}) == {"甲": {"乙": "1", "丙": "2"}, "丁": "3"}
    assert nested({"申请/新收/7": "1"}) == {"申请/新收/7": "1"}


@given(code=st.text(st.sampled_from("`~a\n ")))
def test_code_stays_in_its_block(code: str) -> None:
    page = markdown.markdown(fence(code) + "\n\n尾", extensions=EXTENSIONS)
    assert page.endswith("<p>尾</p>")
    assert page.count("<pre>") == 1


# --- freshness ---------------------------------------------------------------------------------------


def test_the_committed_pages_are_fresh(root: Path) -> None:
    """`nianbao docs` has been run since the rules and forms were last changed."""
    there = {
        p.relative_to(root).as_posix() for at in ("docs/rules", "docs/forms") for p in (root / at).iterdir()
    }
    stale = [p for p, text in PAGES.items() if p in there and (root / p).read_text(encoding="utf-8") != text]
    assert (there ^ set(PAGES), stale) == (set(), [])
