"""Faults put into real reports are found as often as the floors say, each kind over all places that take it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from build_tools.archive import Subject
from tests import devset
from tests.planted import kinds, tally


@cache
def _counts(where: str) -> dict[str, list[int]]:
    given: list[Iterable[tuple[str, Subject]]] = [devset.archive_reports()]
    if where == "all":
        given.append(devset.corpus_reports())
    return tally(subject for reports in given for _, subject in reports)[0]


@pytest.mark.parametrize("kind", kinds())
def test_found_here(kind: str) -> None:
    """In the archive's own reports."""
    places, found = _counts("here")[kind]
    assert 100 * found >= int(kinds()[kind]["here"]) * places, f"{found} of {places}"


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.skipif(not devset.CORPUS.is_dir(), reason="the development reports are not here")
def test_found_in_all(kind: str) -> None:
    """In the reports of the development set too: there every kind has its places."""
    places, found = _counts("all")[kind]
    assert places > 0
    assert 100 * found >= int(kinds()[kind]["all"]) * places, f"{found} of {places}"
