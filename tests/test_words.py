"""What the rules that read words find in real reports was judged by hand, finding by finding: it may not get worse.

`cases/words_judged.yml` holds for each finding of the development set whether it is right or wrong, and what was missed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from build_tools.check import catalogue
from build_tools.finding import Severity
from build_tools.gazetteer import gazetteer
from build_tools.rules import RULES
from build_tools.source import plain
from tests.casework import judge
from tests.wordswork import CORPUS, Read, archive, corpus

CHAPTERS = ("PV-", "DT-", "TX-")
JUDGED = cast(
    "dict[str, Any]",
    plain((Path(__file__).parent / "cases/words_judged.yml").read_text(encoding="utf-8")),
)
LEAST = 0.9
"""The share of right findings that a rule needs to be more than a hint."""


def _found(reports: Iterator[Read]) -> set[tuple[str, str, str]]:
    """The findings to be judged. What is said of a whole report is judged only where we have the whole of it."""
    return {
        (finding.rule, read.name, finding.message)
        for read in reports
        for finding in read.findings
        if finding.rule.startswith(CHAPTERS)
        and (finding.rule not in JUDGED["of_the_whole"] or read.name in JUDGED["whole_reports"])
    }


def _judged(*names: str, verdict: str = "") -> set[tuple[str, str, str]]:
    return {
        (one["rule"], one["report"], one["quote"])
        for one in JUDGED["findings"]
        if (not verdict or one["verdict"] == verdict) and (one["report"] in OWN) == bool(names)
    }


OWN = ("330411103/2020", "371581113/2020", "410182110/2020", "411328109/2022", "411421103/2021")


def test_every_finding_in_the_archive_was_judged() -> None:
    """There is no finding that nobody looked at, and what was found before is still found."""
    missed = _judged(*OWN, verdict="missed")
    assert _found(archive()) == _judged(*OWN) - missed


@pytest.mark.skipif(not CORPUS.exists(), reason="the development corpus is not at hand")
def test_every_finding_in_the_corpus_was_judged() -> None:
    """The same of the reports that are no part of the archive."""
    assert _found(corpus()) == _judged() - _judged(verdict="missed")


@pytest.mark.parametrize("rule", [rule.id for rule in RULES if rule.id.startswith(CHAPTERS)])
def test_precision(rule: str) -> None:
    """A rule that is wrong more than once in ten times is a hint and no more."""
    counts = Counter(one["verdict"] for one in JUDGED["findings"] if one["rule"] == rule)
    told = counts["right"] + counts["wrong"]
    assert set(counts) <= {"right", "wrong", "missed"}
    assert not told or counts["right"] / told >= LEAST or catalogue()[rule].severity is Severity.INFO


def test_the_gazetteer() -> None:
    """It knows where places are, and that some names stand for several."""
    assert gazetteer().places("油车港镇") == ("330411",)
    assert gazetteer().places("尚店镇") == ("371581", "410481")
    assert gazetteer().places("嘉兴市") == ("3304",)
    assert gazetteer().places("内盾镇") == ()


HOSTILE = (
    "我", "镇", "内盾镇权责", "公开", "2020年", "截止1月", "1", "（一）", "\u200b", "自 然 ", "XX", "_", "《", "（", "http://",
    "新时代中国", "特色社会主义思想", "申请人张", "一是", "2020年1月1日至", "秘密", "街道", "部分地区", "@", "条例》", "。", "\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_time_grows_with_length(piece: str) -> None:
    """Eight times the prose takes no more than eight times as long, with some room: never its square."""

    def took(length: int) -> float:
        case = {"set": {"正文/总体情况": (piece * length)[:length] + "。"}}
        return max(min(_timed(case) for _ in range(2)), 0.02)

    assert took(80_000) < 30 * took(10_000)


def _timed(case: dict[str, Any]) -> float:
    start = time.perf_counter()
    judge(case)
    return time.perf_counter() - start
