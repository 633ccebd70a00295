"""The statutory sentences: what every report says because a law or the form says it, from statutory.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import cast

from build_tools.copies.words import clauses
from build_tools.source import plain


@cache
def statutory() -> frozenset[str]:
    """Every clause that is no report's own."""
    text = files("build_tools").joinpath("copies/statutory.yml").read_text(encoding="utf-8")
    groups = cast("dict[str, list[str]]", plain(text))
    return frozenset(clause for group in groups.values() for one in group for clause in clauses(one, ()))


def own(parts: Iterable[str]) -> Iterator[str]:
    """The clauses that are a report's own."""
    shared = statutory()
    return (part for part in parts if part not in shared)
