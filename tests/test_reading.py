"""The reading layer: what it finds is there, its places lead to the very words, and nothing makes it slow."""

from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.model import Section
from build_tools.reading import Reading
from build_tools.reading.counts import counts, spelled
from build_tools.reading.normal import _READ, _SPACED, _WRAPPED, normal
from build_tools.source import parse, plain
from tests.ratio import in_proportion

CASES = cast(
    "dict[str, list[Any]]",
    plain((Path(__file__).parent / "cases/reading.yml").read_text(encoding="utf-8")),
)
PROSE = st.text(
    st.one_of(
        st.sampled_from(
            "共收到申请政府信息公开条件宗其中等未没有无年度上结转一二三十百千万两〇0123456789。，、；：（）()“” \n"
        ),
        st.sampled_from("\u200b\u200f\u202e\ufeff\u2060\u3000\xa0①²⾏０１，,.％*#-ﬃ…"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=200,
)


def reading(text: str) -> Reading:
    return Reading((Section("overview", "一、总体情况", text, ("正文", "总体情况")),))


@pytest.mark.parametrize("case", CASES["counts"], ids=lambda case: case["text"])
def test_counts(case: Any) -> None:
    """Numbers in every way of writing, with their counting word, and the words they stand in."""
    found = [
        f"{s.quote(c.start, c.end)}={c.value}{c.unit}{'~' if c.about else ''}"
        for s in reading(case["text"]).sentences
        for c in s.counts
    ]
    assert found == case["found"]


@pytest.mark.parametrize("case", CASES["years"], ids=lambda case: case["text"])
def test_years(case: Any) -> None:
    """The year that each number is told of."""
    found = [
        f"{c.value}{c.unit}:{'是' if s.of_year(2020, c.start) else '否'}"
        for s in reading(case["text"]).sentences
        for c in s.counts
    ]
    assert found == case["found"]


@pytest.mark.parametrize("case", CASES["lists"], ids=lambda case: case["text"])
def test_lists(case: Any) -> None:
    """Stated total, parts and end of an enumeration."""
    found = [
        f"{one.total.value}={'+'.join(str(part.value) for part in one.parts)}"
        f"{'，尽' if one.closed else ''}{'，等' if one.open else ''}"
        for one in reading(case["text"]).listings
    ]
    assert found == case["found"]


def test_numerals() -> None:
    """Chinese figures are read as they are spelled; what spells nothing is no number."""
    told = {"三": 3, "十": 10, "二十一": 21, "一百零五": 105, "两千": 2000, "一〇五": 105, "百": 100}
    assert {text: spelled(text) for text in told} == told
    assert spelled("") is None
    assert spelled("三x") is None


@given(PROSE)
def test_any_text_can_be_read(text: str) -> None:
    """No text raises, and every place lies inside the text, on the very words that were read."""
    read = reading(text)
    for sentence in read.sentences:
        spans = [(0, len(sentence.text)), *((c.start, c.end) for c in sentence.counts)]
        spans += [
            (part.start, part.end) for one in read.listings for part in one.parts if one.sentence is sentence
        ]
        for start, end in spans:
            first, last = sentence.words(start, end)
            assert 0 <= first <= last <= len(text)
            assert sentence.text[start:end] in normal(text[first:last]).text.replace("\n", "") or "\n" in text
        assert sentence.of_year(2020) in {True, False}


@given(PROSE)
def test_the_short_way_reads_alike(text: str) -> None:
    """Plain prose is not translated character by character, but read just so."""
    assert normal(text).text == _SPACED.sub("", _WRAPPED.sub("", text.translate(_READ)))


@given(PROSE)
def test_what_cannot_be_seen_hides_nothing(text: str) -> None:
    """A zero-width character or mark of direction behind every character changes nothing that is read."""
    assert normal("\u200b".join(text)).text == normal(text).text or "\n" in text or " " in text


PATHOLOGICAL = {
    "one character": "一",
    "figures": "1",
    "figures with commas": "1,",
    "brackets": "（",
    "nested quotes": "“‘",
    "zero-width": "\u200b",
    "right to left": "\u202e",
    "homoglyphs": "⾏０",
    "blanks": " ",
    "lines": "\n",
    "counts": "3条",
    "heads": "共3条其中",
    "years": "2020年",
    "denials": "未收到没有无",
    "requests": "收到申请",
}


def wholly(text: str) -> None:
    """A reading, places included."""
    read = reading(text)
    sentences = read.sentences
    assert read.listings is not None
    if sentences:
        sentences[-1].words(0, len(sentences[-1].text))


@pytest.mark.parametrize("piece", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_time_is_linear(piece: str) -> None:
    """Time grows with the text, up to a quarter of a megabyte: no pattern runs away."""
    assert in_proportion(wholly, piece, 1 << 15)


STYLES = {
    "block": "正文:\n  总体情况: |\n    第一段。\n\n    全年收到 ３ 件。\n    又收到5件。\n",
    "folded": "正文:\n  总体情况: >\n    第一段。\n\n    全年收到 ３ 件。\n    又收到5件。\n",
    "plain": "正文:\n  总体情况: 全年收到 ３ 件。\n",
    "quoted": '正文:\n  总体情况: "全年收到 ３ 件。"\n',
    "single": "正文: {总体情况: '全年收到 ３ 件。'}\n",
    "indented": "正文:\n  总体情况: |2\n      全年收到 ３ 件。\n",
}


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_words_are_found_in_the_file(text: str) -> None:
    """The place of some words is where they stand in the file, however the text is written there."""
    source = parse(text)
    tree = cast("dict[str, dict[str, str]]", plain(text))
    sentence = next(s for s in reading(tree["正文"]["总体情况"].strip(" \n")).sentences if s.counts)
    count = sentence.counts[0]
    line, column, end_line, end_column = source.locate(
        ("正文", "总体情况"), sentence.words(count.start, count.end)
    )

    assert line == end_line
    assert source.line(line)[column - 1 : end_column - 1] == "３ 件"


def test_words_over_several_lines() -> None:
    """Words that go on in the next line end there."""
    source = parse(STYLES["block"])
    assert source.locate(("正文", "总体情况"), (6, 21)) == (5, 5, 6, 10)


def test_words_that_are_not_to_be_seen() -> None:
    """Where the file does not show the words as they are read, the text as a whole is the place."""
    source = parse('正文: {总体情况: "收到\\u0033件，"}\n')
    assert source.locate(("正文", "总体情况"), (2, 4)) == source.locate(("正文", "总体情况"))


def test_counts_stand_in_their_text() -> None:
    """A count's place holds its counting word at the end."""
    text = "1.2万件，260余条，二十一件"
    assert [text[c.start : c.end] for c in counts(text)] == ["1.2万件", "260余条", "二十一件"]
