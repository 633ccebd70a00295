"""Words of the prose that notes speak of are marked, and nothing else of the prose changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.markdown import render
from build_tools.render import report
from build_tools.render.marked import marked, words_id
from build_tools.render.notes import Note

ADDED = re.compile(r'</?mark>|<a class="mark"[^>]*>[0-9]+</a>')


def note(start: int, end: int, number: int = 1) -> Note:
    return Note(number, "warning", "说明", "TX-OCR", words=(start, end))


def mark(number: int = 1) -> str:
    return f'<a class="mark" id="words-{number}" href="#note-{number}" aria-label="存疑，校注{number}">{number}</a>'


@pytest.mark.parametrize(
    ("text", "notes", "html"),
    [
        ("公开内盾镇清单。", [note(2, 5)], f"<p>公开<mark>内盾镇</mark>{mark()}清单。</p>\n"),
        ("<b>&内盾镇", [note(0, 7)], f"<p><mark>&lt;b&gt;&amp;内盾镇</mark>{mark()}</p>\n"),
        ("甲**乙丙**丁", [note(0, 4)], f"<p>甲<strong>乙{mark()}丙</strong>丁</p>\n"),
        ("甲乙丙丁", [note(0, 3), note(1, 4, 2)], f"<p>甲乙丙{mark()}丁{mark(2)}</p>\n"),
        (
            "甲乙丙丁",
            [note(0, 2), note(2, 4, 2)],
            f"<p><mark>甲乙</mark>{mark()}<mark>丙丁</mark>{mark(2)}</p>\n",
        ),
        ("第一段。\n\n第二段。", [note(0, 7)], f"<p>第一段。</p>\n<p>第{mark()}二段。</p>\n"),
    ],
    ids=["words", "escaped", "across bold", "overlapping", "side by side", "across paragraphs"],
)
def test_marked(text: str, notes: list[Note], html: str) -> None:
    """The words are marked, or have their number behind them where a mark would cross what is there."""
    assert marked(text, notes) == html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("甲**乙**丙", (1, 2)),
        ("[甲](https://www.gov.cn/乙)", (4, 9)),
        ("[甲](https://www.gov.cn/)", (0, 2)),
        ("甲\ue000乙", (0, 1)),
        ("甲乙", None),
    ],
    ids=["within stars", "within an address", "within a link", "a character of ours", "no words"],
)
def test_left_as_it_is(text: str, words: tuple[int, int] | None) -> None:
    """Where a sign would change what the prose means, it is shown as it is, without a mark."""
    assert marked(text, [Note(1, "warning", "说明", words=words)]) == render(text)


@given(
    st.text(st.sampled_from("甲乙。 \n*_#-1.<>&[]()`\\|\u3000\ue000"), max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=4),
)
def test_nothing_else_changes(text: str, places: list[tuple[int, int]]) -> None:
    """Whatever the prose and wherever the words: without the marks it is what it is without notes."""
    notes = [note(at, at + wide, n) for n, (at, wide) in enumerate(places, 1) if at + wide <= len(text)]
    html = marked(text, notes)
    assert ADDED.sub("", html) == render(text)
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", html, re.DOTALL)
    assert html.count("<mark>") == html.count("</mark>")
    assert len({n for n in notes if words_id(n) in html}) in {0, len(notes)}


def test_a_note_without_words_leads_nowhere() -> None:
    """Note 1 is not led to the words of note 12."""
    notes = tuple(Note(n, "warning", "说明", words=(n, n + 1) if n > 1 else None) for n in range(1, 13))
    _, shown = report._prose("甲乙丙丁戊己庚辛壬癸子丑寅卯words-1", notes)
    assert [note.target for note in shown] == ["", *(f"words-{n}" for n in range(2, 13))]
