"""Prose becomes HTML that keeps what is printed and can do no harm."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from build_tools import markdown
from build_tools.markdown import TAGS, blocks, is_plain, render

ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start", "class"}, "li": {"value"}, "p": {"class"}}

BOLD = {
    "**主要问题：**一是": "<strong>主要问题：</strong>一是",
    "加强**“五个到位”**建设": "加强<strong>“五个到位”</strong>建设",
    "**（一）**、二": "<strong>（一）</strong>、二",
    "一是**《条例》**学习": "一是<strong>《条例》</strong>学习",
    "**一是**进一步": "<strong>一是</strong>进一步",
    "**Key:** value": "<strong>Key:</strong> value",
    "共**100%**完成": "共<strong>100%</strong>完成",
    "*要点：*如下": "<em>要点：</em>如下",
    "**一**二**三**": "<strong>一</strong>二<strong>三</strong>",
    "5*3*2": "5<em>3</em>2",
    "** 不是 **": "** 不是 **",
    "a_b_c": "a_b_c",
    "2*3=6": "2*3=6",
}

KEPT = {
    "1. 一\n2. 二\n5. 五": '<ol>\n<li>一</li>\n<li>二</li>\n<li value="5">五</li>\n</ol>\n',
    "3) 三": '<ol start="3" class="bracket">\n<li>三</li>\n</ol>\n',
    "0. 零": '<ol start="0">\n<li>零</li>\n</ol>\n',
    "1、一\n2、二": "<p>1、一<br>\n2、二</p>\n",
    "　　甲\n\n　　乙\n\n丙": '<p class="printed-indent">　　甲</p>\n<p class="printed-indent">　　乙</p>\n<p>丙</p>\n',
    "甲\n\n　　乙　": '<p>甲</p>\n<p class="printed-indent">　　乙　</p>\n',
    "甲　乙": "<p>甲　乙</p>\n",
    "（一）甲\n（二）乙": "<p>（一）甲<br>\n（二）乙</p>\n",
    "甲\n---\n乙": "<p>甲</p>\n<hr>\n<p>乙</p>\n",
    "甲\n===": "<p>甲<br>\n===</p>\n",
    "    四个空格": "<p>四个空格</p>\n",
    "[注]: http://a.cn": "<p>[注]: http://a.cn</p>\n",
    "`代码` &nbsp; &lt;": "<p>`代码` &amp;nbsp; &amp;lt;</p>\n",
    "> 引用": "<blockquote>\n<p>引用</p>\n</blockquote>\n",
    "\\*号": "<p>*号</p>\n",
    "": "",
    " \n \n": "",
}

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table><h1>",
    "<!-- -->",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/)",
    "[x](/units/)",
    "[x](../../)",
    "[x](#top)",
    "<javascript:alert(1)>",
    "![x](http://evil.example/pixel.gif)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    '[x](http://a.cn "" onmouseover="alert(1)")',
    '[x](http://a.cn/"onmouseover=alert(1))',
    "[x](http://a.cn/'><script>)",
    "# <b>x</b>\n\n## **<i>y</i>**",
    "1. <b>\n   - </li><script>",
    "&lt;script&gt;",
    "\x00<script>",
    "{{ 7*7 }} {% raw %}",
    "[" * 300 + "x" + "](http://a.cn)" * 300,
    "*" * 2000 + "甲" + "*" * 2000,
    "> " * 200 + "x",
    "1. " * 50 + "x",
]


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append((f"comment {data}", {}))


def _faults(html: str) -> Iterator[str]:
    reader = _Reader(html)
    for tag, attributes in reader.tags:
        if tag not in TAGS:
            yield tag
        yield from (f"{tag} {name}" for name in set(attributes) - ATTRIBUTES.get(tag, set()))
        if tag == "a":
            href = attributes["href"] or ""
            if not href.lower().startswith(("http://", "https://", "mailto:")):
                yield href
            if attributes["rel"] != "noopener nofollow":
                yield "no rel"
    yield from reader.open


@pytest.mark.parametrize("text", BOLD)
def test_emphasis(text: str) -> None:
    """Stars beside Chinese punctuation make bold; what CommonMark knows stays as it is."""
    assert render(text) == f"<p>{BOLD[text]}</p>\n"


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    """Numbers, spaces and line breaks stay as printed; nothing printed is swallowed."""
    assert render(text) == KEPT[text]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile(text: str) -> None:
    """Nothing but allowed tags, attributes and addresses, whatever is thrown at it."""
    assert list(_faults(render(text))) == []


@given(st.text() | st.text("*_<>&[]()!`#-+.1234　 \n\\“”：甲ab/:", max_size=60))
def test_any_text(text: str) -> None:
    """Any text gives allowed and balanced HTML."""
    assert list(_faults(render(text))) == []


_PIECES = [
    "甲",
    "乙丙",
    "（一）",
    "。",
    "“",
    "a_b",
    "[2019]",
    "](",
    "https://a.cn/x_1.html",
    "&",
    "<",
    '"',
    " ",
    "　",
]
_STARS = ["**", "**甲**", "**要点：**", "*", "***", "_"]
_LINES = [
    "\n",
    "\n\n",
    "\n\n\n",
    "\n# ",
    "\n\n### ",
    "\n1. ",
    "\n2. ",
    "\n\n3) ",
    "\n- ",
    "\n\n- ",
    "\n* ",
    "\n>",
    "#",
]
_EMPTY_ITEM = re.compile(r"^\s*(?:[-+*]|\d+[.)])\s*$", re.MULTILINE)


@given(
    st.text("甲乙丙，。：（）“”、 1234.)-+#>~ab_[](/&\"'\n　", max_size=60)
    | st.lists(st.sampled_from([*_PIECES, *_STARS, *_LINES]), max_size=14).map("".join)
)
def test_short_way(text: str) -> None:
    """What needs no parser comes out as the parser gives it."""
    # An item without text ends its list where two blank lines follow, but only where the parser sees both.
    assume(not _EMPTY_ITEM.search(text))
    stripped = text.strip("\n ")
    long_way = markdown._markdown().render(stripped, {"lowest": 3, "levels": []})

    assert unescape(render(text)) == unescape(long_way)
    assert list(blocks(text)) == list(markdown._read(markdown._markdown().parse(stripped)))


@pytest.mark.parametrize(
    "text",
    [
        "甲\n乙\n\n　　丙",
        "### 甲\n乙",
        "**要点：**一是\n\n二、**甲**和**乙**",
        "如下：\n1. 甲\n2. **乙**\n\n丙",
        "3) 甲\n5) 乙",
        "- 甲\n- 乙\n\n## 丙",
        "国办发[2019]61号，见https://a.cn/art_1_2.html",
    ],
)
def test_needs_no_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What most reports hold is read without the parser."""
    monkeypatch.delattr(markdown, "_markdown")
    assert render(text) == unescape(render(text))
    assert list(blocks(text))


@given(st.text("甲乙丙，。：（）“”、1234　", min_size=1))
def test_words_stay(text: str) -> None:
    """Text without marks is shown to the letter."""
    assert "".join(_Reader(render(text)).words).strip("\n") == text


def test_headings_step_down() -> None:
    """Headings of the prose stand below those of the page, no step left out."""
    html = render("# 甲\n\n#### 乙\n\n## 丙\n\n## 丁\n\n# 戊", lowest_heading=4)

    assert html == "<h4>甲</h4>\n<h5>乙</h5>\n<h5>丙</h5>\n<h5>丁</h5>\n<h4>戊</h4>\n"


def test_links() -> None:
    """Links vouch for nothing and lead to web pages and mail only."""
    expected = (
        '<p><a href="https://a.cn/?x=1&amp;y=2" rel="noopener nofollow">原文</a> [库](ftp://a.cn)</p>\n'
    )

    assert render("[原文](https://a.cn/?x=1&y=2) [库](ftp://a.cn)") == expected


def test_image_is_no_image() -> None:
    """No request to another host: an image becomes a link to it."""
    assert "<img" not in render("![图](https://a.cn/a.png)")


BLOCKS = {
    "一段\n\n二段": ["一段", "二段"],
    "断\n行": ["断\n行"],
    "一**粗**二": ["一粗二"],
    "[链接](https://a.cn)后": ["链接后"],
    "1. 甲\n2. 乙\n\n   续": ["1. 甲", "2. 乙", "续"],
    "3) 甲": ["3) 甲"],
    "- 甲\n  - 乙": ["甲", "乙"],
    "1.\n\n段落 **粗**": ["段落 粗"],
    "> 引": ["引"],
    "": [],
}


@pytest.mark.parametrize("text", BLOCKS)
def test_blocks(text: str) -> None:
    """Prose in the pieces it is read in: no markup, the printed numbers of lists, nothing that is not printed."""
    assert [block.text for block in blocks(text)] == BLOCKS[text]


def test_headings_are_blocks_of_their_own() -> None:
    assert [(block.heading, block.text) for block in blocks("# 甲\n\n乙")] == [(True, "甲"), (False, "乙")]


@given(st.text("甲乙。1 \n-*#>.[]()", max_size=30))
def test_plain_prose_is_its_own_blocks(text: str) -> None:
    """What is called plain needs no more than to be split; and every word of a block is on the page."""
    if is_plain(text):
        assert [block.text for block in blocks(text)] == re.split(r"\n(?:[ ]*\n)+", text.strip("\n "))
    shown = "".join("".join(_Reader(render(text)).words).split())
    for block in blocks(text):
        assert re.sub(r"^[0-9]+[.)] ", "", block.text).replace("\n", "").replace(" ", "") in shown
