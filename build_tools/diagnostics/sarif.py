"""Findings as SARIF 2.1.0: GitHub code scanning, editors, reviewdog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from build_tools.check import catalogue
from build_tools.diagnostics.gitlab import fingerprints
from build_tools.diagnostics.glyphs import Lines, json_text, markdown, safe, whole
from build_tools.finding import Finding, Severity
from build_tools.rules.rule import Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(findings: Sequence[Finding], _lines: Lines) -> str:
    """One run with the rules that spoke; waived findings carry their reason as a suppression."""
    ordered = sorted(findings)
    ids = sorted({finding.rule for finding in ordered})
    results = [
        _result(finding, ids.index(finding.rule), mark)
        for finding, mark in zip(ordered, fingerprints(ordered), strict=True)
    ]
    driver = {"name": "nianbao", "rules": [_rule(id_, catalogue().get(id_)) for id_ in ids]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "档案的根目录，即 reports/ 所在的文件夹"}}},
        "results": results,
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(id_: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:  # so that a report of findings never fails for want of a page
        return {"id": id_}
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.reason},
        "help": {
            "text": f"{rule.reason}\n\n怎么办：{rule.advice}",
            "markdown": f"{markdown(rule.reason)}\n\n**怎么办** {markdown(rule.advice)}",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"basis": rule.basis.value},
    }


def _result(finding: Finding, index: int, mark: str) -> dict[str, Any]:
    justified = [{"kind": "inSource", "status": "accepted", "justification": finding.waived}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{safe(finding.message)}\n怎么办：{safe(finding.hint)}"},
        "locations": [_location(finding)],
        "partialFingerprints": {"nianbao/v1": mark},
        "suppressions": justified if finding.waived else [],
    }


def _location(finding: Finding) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(whole(finding.file)), "uriBaseId": "ROOT"},
            "region": {
                "startLine": finding.line,
                "startColumn": finding.column,
                "endLine": finding.end_line,
                "endColumn": finding.end_column,
            },
        },
        "logicalLocations": [{"fullyQualifiedName": finding.path}],
    }
