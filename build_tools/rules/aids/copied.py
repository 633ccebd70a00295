"""How rules tell that a report says what another says: how much of it, and which passage is the longest."""

from __future__ import annotations

from build_tools.copies.own import Match, shared
from build_tools.finding import Problem
from build_tools.rules.aids.words import cut, tight

_SHOWN = 40


def copied(match: Match, what: str, whose: str, hint: str, *, weak: bool = False) -> Problem:
    """A problem at the longest passage that a report has from another; both are known to be alike."""
    left_out = "年份、数字、单位名称和格式规定的话不算在内"
    message = f"{what}与{whose}有 {match.percent}% 的文字相同（{left_out}）"
    found = shared(match.own, match.other)
    if found is None:
        return Problem((), message, hint, weak=weak)
    longest = f"，最长的一段有 {found.length} 个字：“{cut(tight(found.words), _SHOWN)}”"
    return Problem(found.path, message + longest, hint, weak=weak, words=found.span)
