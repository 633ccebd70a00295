"""The findings on the archive's first five reports, against what a careful reader finds in them."""

from fnmatch import fnmatch
from pathlib import Path
from typing import Any, cast

import pytest

from build_tools.finding import Finding
from build_tools.source import plain
from build_tools.store import Store
from build_tools.survey import survey
from build_tools.workers import spread

DATA = cast(
    "dict[str, Any]", plain((Path(__file__).parent / "cases/expected.yml").read_text(encoding="utf-8"))
)
FIRES = [(report, expected) for report, told in DATA["reports"].items() for expected in told["fires"]]


@pytest.fixture(scope="module")
def found(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """Findings by report."""
    findings: dict[str, list[Finding]] = {}
    for county in survey(Store(root), 2026, spread, tmp_path_factory.mktemp("cache")):
        for finding in county.findings:
            findings.setdefault(f"{finding.unit}/{finding.year}", []).append(finding)
    return findings


@pytest.mark.parametrize(
    ("report", "expected"), FIRES, ids=lambda v: v["rule"] if isinstance(v, dict) else v.replace("/", "-")
)
def test_what_must_fire(found: dict[str, list[Finding]], report: str, expected: dict[str, Any]) -> None:
    """Every expected rule speaks of this report: there, that gravely, acknowledged or not."""
    spoken = [finding for finding in found.get(report, ()) if finding.rule == expected["rule"]]

    assert sorted(finding.path for finding in spoken) == sorted(expected["at"])
    assert {finding.severity.value for finding in spoken} == {expected["severity"]}
    assert {bool(finding.waived) for finding in spoken} == {"waived" in expected}


@pytest.mark.parametrize("report", DATA["reports"])
def test_what_must_not_fire(found: dict[str, list[Finding]], report: str) -> None:
    """No rule named silent speaks of this report."""
    spoken = {finding.rule for finding in found.get(report, ())}
    silent = DATA["reports"][report]["silent"]
    assert [rule for rule in spoken if any(fnmatch(rule, pattern) for pattern in silent)] == []
