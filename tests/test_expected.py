"""The findings on the archive's first five reports, against what a careful reader finds in them."""

from fnmatch import fnmatch
from pathlib import Path
from typing import Any, cast

import pytest

from build_tools.check import catalogue
from build_tools.county import survey
from build_tools.source import plain
from build_tools.store import Store

DATA = cast(
    "dict[str, Any]", plain((Path(__file__).parent / "cases/expected.yml").read_text(encoding="utf-8"))
)


@pytest.fixture(scope="module")
def found(root: Path) -> dict[str, set[str]]:
    """Rule ids by report."""
    rules: dict[str, set[str]] = {}
    for county in survey(Store(root), 2026):
        for finding in county.findings:
            rules.setdefault(f"{finding.unit}/{finding.year}", set()).add(finding.rule)
    return rules


@pytest.mark.parametrize("report", DATA["reports"])
def test_what_must_fire(found: dict[str, set[str]], report: str) -> None:
    """Every expected rule of the catalogue speaks of this report."""
    expected = {rule for rule in DATA["reports"][report]["fires"] if rule not in DATA["later"]}
    assert expected - found.get(report, set()) == set()


@pytest.mark.parametrize("report", DATA["reports"])
def test_what_must_not_fire(found: dict[str, set[str]], report: str) -> None:
    """No rule named silent speaks of this report."""
    silent = DATA["reports"][report]["silent"]
    assert [rule for rule in found.get(report, ()) if any(fnmatch(rule, pattern) for pattern in silent)] == []


def test_later_rules_are_not_there_yet() -> None:
    """A rule that has come into the catalogue is no longer excused."""
    assert set(DATA["later"]) & set(catalogue()) == set()
