"""Findings as a JSON list: the contract that other programs rely on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from build_tools.diagnostics.glyphs import Lines, json_text
from build_tools.finding import Finding


def json_list(findings: Sequence[Finding], _lines: Lines) -> str:
    """A list of objects with the same keys each, waived findings included, in the order of files and places."""
    return json_text([record(finding) for finding in sorted(findings)])


def record(finding: Finding) -> dict[str, Any]:
    """One finding; what is not known (the unit of a file that is no report, the waiver) is null."""
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": finding.path,
        "message": finding.message,
        "hint": finding.hint,
        "unit": finding.unit or None,
        "year": finding.year or None,
        "waived": finding.waived or None,
    }
