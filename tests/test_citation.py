"""Citations: what people read to the letter, and what programs read back with libraries of others."""

from dataclasses import replace

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, RemoveEnclosingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from build_tools.citation import Cited, apa, bibtex, gbt7714, ris

HASH = "3444cac76b76" + "0" * 52
REPORT = Cited(
    author="油车港镇",
    title="油车港镇2020年度政府信息公开工作年度报告",
    year=2020,
    number="330411103/2020",
    address="https://archive.example/units/330411103/2020/",
    published="2021-01-20",
    version="2026-11-21",
    sha256=HASH,
)
BARE = Cited("嘉兴市秀洲区财政局", "年度报告", 2019, "330411-cz/2019", "units/330411-cz/2019/")
HOSTILE = [
    "a} , title = {b",
    "}}\n@article{x,\n title={y",
    "\\input{/etc/passwd} 100% & #1 $x_2^3~",
    "第一行\n第二行\r\nER  - \nTY  - JOUR",
    "\u2028行分隔\x0b\x1c\x85符",
    "政府信息公開工作年度報告〔二〇二〇〕㐀𠀀",
    "</pre><script>alert(1)</script>",
    "\"引号\" '单引号' `反`",
    "{}" * 40,
    "  首尾空格  ",
]


def _read_bibtex(text: str) -> dict[str, str]:
    """The one entry, as a program reads it: without braces and TeX commands."""
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert library.blocks == [entry]
    return {field.key: field.value.removeprefix("{").removesuffix("}") for field in entry.fields}


def _read_ris(text: str) -> dict[str, object]:
    (record,) = rispy.loads(text)
    return dict(record)


def _line(text: str) -> str:
    return "".join(char for char in " ".join(text.split()) if char >= " " and not "\x7f" <= char <= "\x9f")


def test_for_people() -> None:
    assert gbt7714(REPORT) == (
        "油车港镇. 油车港镇2020年度政府信息公开工作年度报告[R/OL]. 2026-11-21版，SHA-256 3444cac76b76. "
        "政府信息公开年报档案，2021-01-20. https://archive.example/units/330411103/2020/."
    )
    assert "".join(apa(REPORT)) == (
        "油车港镇. (2021, January 20). 油车港镇2020年度政府信息公开工作年度报告 [Annual report on the disclosure of "
        "government information, 2020] (Version 2026-11-21, SHA-256 3444cac76b76). 政府信息公开年报档案. "
        "https://archive.example/units/330411103/2020/"
    )
    assert apa(REPORT)[1] == REPORT.title


def test_what_is_not_known_is_left_out() -> None:
    assert gbt7714(BARE) == "嘉兴市秀洲区财政局. 年度报告[R/OL]. 政府信息公开年报档案. units/330411-cz/2019/."
    assert "".join(apa(BARE)) == (
        "嘉兴市秀洲区财政局. (n.d.). 年度报告 [Annual report on the disclosure of government information, 2019]. "
        "政府信息公开年报档案. units/330411-cz/2019/"
    )
    assert list(_read_bibtex(bibtex(BARE))) == [
        *("author", "title", "institution", "type", "number", "url", "note")
    ]
    assert not {"year", "date", "edition", "notes"} & _read_ris(ris(BARE)).keys()


def test_for_programs() -> None:
    entry, record = _read_bibtex(bibtex(REPORT)), _read_ris(ris(REPORT))

    assert entry == {
        "author": REPORT.author,
        "title": REPORT.title,
        "institution": REPORT.author,
        "type": "政府信息公开工作年度报告",
        "number": "330411103/2020",
        "year": "2021",
        "date": "2021-01-20",
        "version": "2026-11-21",
        "url": REPORT.address,
        "note": f"政府信息公开年报档案，SHA-256 {HASH}",
    }
    assert record == {
        "type_of_reference": "RPRT",
        "authors": [REPORT.author],
        "title": REPORT.title,
        "year": "2021",
        "date": "2021/01/20",
        "edition": "2026-11-21",
        "note": "330411103/2020",
        "type_of_work": "政府信息公开工作年度报告",
        "name_of_database": "政府信息公开年报档案",
        "language": "zh",
        "urls": [REPORT.address],
        "notes": [f"SHA-256 {HASH}"],
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_title_holds_an_entry_stays_one(text: str) -> None:
    cited = replace(REPORT, title=text, author=text)
    entry = parse_string(bibtex(cited), parse_stack=[RemoveEnclosingMiddleware()])

    assert [len(entry.entries), entry.failed_blocks] == [1, []]
    assert _read_ris(ris(cited))["title"] == _line(text)
    assert _read_ris(ris(cited))["authors"] == [_line(text)]
    assert "\n" not in gbt7714(cited) + "".join(apa(cited))


@given(st.text(st.sampled_from("年报镇公開𠀀 \\%&#$_~^@=,\n"), max_size=30))
def test_bibtex_gives_back_what_it_was_given(text: str) -> None:
    """Read by a program that knows TeX, the title is the very title; only white space is one space."""
    title = f"题{text}名"
    read = _read_bibtex(bibtex(replace(REPORT, title=title)))["title"].replace(
        "ˆ", "^"
    )  # its idea of \\textasciicircum

    assert read.split() == title.split()


def test_braces_stay_even() -> None:
    """A lone brace would end the entry too early or too late; the reader above does not know the names of braces."""
    text = bibtex(replace(REPORT, title="a{b}}c"))

    assert r"a\textbraceleft{}b\textbraceright{}\textbraceright{}c" in text
    assert text.count("{") == text.count("}")


@given(st.text(max_size=60))
def test_ris_gives_back_what_it_was_given(text: str) -> None:
    title = f"题{text}名"

    assert _read_ris(ris(replace(REPORT, title=title)))["title"] == _line(title)


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2021-01-20", "2021, January 20"),
        ("2021-12-01", "2021, December 1"),
        ("2021-13-01", "2021"),
        ("", "n.d."),
        ("2021年", "n.d."),
    ],
)
def test_dates(published: str, said: str) -> None:
    assert apa(replace(REPORT, published=published))[0] == f"油车港镇. ({said}). "
