"""Reports of every layout: a cell is right or refused, never wrong; what is refused is said; no prose is lost.

More examples than usual: NIANBAO_LAYOUTS=50 pytest tests/test_import_layouts.py
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from build_tools.importing.assemble import draft
from build_tools.importing.files import read_document
from tests.importlayouts import LOSING, SEPARATED
from tests.importodds import ODDS
from tests.importsamples import Sample, graded, lost_words, sample, unnamed
from tests.synthetic_words import Dice

EXAMPLES = int(os.environ.get("NIANBAO_LAYOUTS", "4"))
LAYOUTS = {**SEPARATED, **LOSING}
TORN = {"pipe_mixed"}
"""Bars and line breaks mixed without order: which figures are one row's is not certain."""

WORDLESS = {"comma", "dropped", "dropped_next", "glued", "glued_partly"}
"""Layouts that have no prose, or whose prose was damaged on the way."""

SAME = (
    "html",
    "word",
    "excel",
    "pipe",
    "tsv",
    "markdown",
    "comma",
    "cells_on_lines",
    "pipe_newline",
    "spaced",
)
BLANK = ("cells_on_lines_dropped", "dropped_next", "torn_labels", "tsv_torn", "bar_alone", "html_divs")

BLIND = {("two_reports", "torn_labels")}
"""Where the first report's rows leave no trace at all, those of the second look like the only ones."""


def _wrong(name: str, one: Sample, dice: Dice, count: Counter[str]) -> list[object]:
    data, file = LAYOUTS[name](one, dice)
    made = draft(read_document(data, file))
    found, wrong = graded(one.gold, made.report)
    count.update(found)
    return [*wrong, *(f"{label} is lost without a word" for label in unnamed(made))]


@pytest.mark.parametrize("blanks", [False, True], ids=["full", "blanks"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_cell_is_right_or_refused(name: str, *, blanks: bool) -> None:
    """Nothing is read wrongly; where every cell is there and apart from the next, nearly all are read."""
    count: Counter[str] = Counter()
    for i in range(EXAMPLES):
        dice = Dice(name, i, blanks)
        assert _wrong(name, sample(dice, blanks=blanks), dice, count) == [], i
    if name in SEPARATED.keys() - TORN and not blanks:
        assert count["right"] >= 0.97 * count.total(), count


@pytest.mark.parametrize("odd", ODDS)
def test_odd_tables(odd: str) -> None:
    """Columns and rows that the form does not have, other years, other reports: never taken for the form's own."""
    torn = [name for name in BLANK if (odd, name) not in BLIND]
    for blanks, names in ((False, SAME), (True, (*SAME, *torn))):
        for name in names:
            for i in range(max(EXAMPLES // 4, 1)):
                dice = Dice(odd, name, i, blanks)
                one = ODDS[odd](sample(dice, blanks=blanks), dice)
                assert _wrong(name, one, dice, Counter()) == [], (name, i, blanks)


@pytest.mark.parametrize("name", sorted(LAYOUTS.keys() - WORDLESS))
def test_no_prose_is_lost(name: str) -> None:
    """Every line of the prose stands in the report, whole and in its order."""
    for i in range(EXAMPLES):
        dice = Dice("prose", name, i)
        one = sample(dice)
        data, file = LAYOUTS[name](one, dice)
        assert lost_words(one, draft(read_document(data, file)).report) == [], i


def test_the_judge_sees_what_is_wrong() -> None:
    """A figure in another's place, one that is not there, a lost row without a word, lost prose: all are seen."""
    dice = Dice("judge")
    one = sample(dice, form="2021", profile="large")
    data, file = LAYOUTS["html"](one, dice)
    made = draft(read_document(data, file))
    at, other = ("t3", "new", "natural"), ("t3", "new", "commercial")
    swapped = {**one.gold, at: one.gold[other], other: one.gold[at]}

    assert [key for key, _, _ in graded(swapped, made.report)[1]] == [at, other]
    assert len(graded({}, made.report)[1]) == len(one.gold)
    empty = draft(read_document("规章\n".encode(), "a.txt"))
    assert lost_words(one, empty.report)
    assert unnamed(type(made)(draft(read_document(data[: len(data) // 2], file)).report, ()))
