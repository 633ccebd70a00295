"""Findings as workflow commands of GitHub Actions: shown beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.diagnostics.glyphs import Lines, safe
from build_tools.finding import Finding, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(findings: Sequence[Finding], _lines: Lines) -> str:
    """One command a line. GitHub shows about ten of a sort, so the waived ones are left out."""
    return "".join(f"{_command(finding)}\n" for finding in sorted(findings) if not finding.waived)


def _command(finding: Finding) -> str:
    properties = {"file": finding.file, "line": finding.line, "endLine": finding.end_line}
    if finding.end_line == finding.line:  # GitHub takes columns only within one line, the last one included
        properties |= {"col": finding.column, "endColumn": max(finding.column, finding.end_column - 1)}
    properties["title"] = finding.rule
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    message = _data(f"{finding.message}\n怎么办：{finding.hint}")
    return f"::{_COMMANDS[finding.severity]} {listed}::{message}"


def _data(text: str) -> str:
    safer = safe(text, keep="\r\n")
    return safer.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
