"""Findings as GitLab Code Quality (also 极狐GitLab): the widget of a merge request."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from build_tools.diagnostics.glyphs import Lines, json_text, safe
from build_tools.finding import Finding, Severity

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab(findings: Sequence[Finding], _lines: Lines) -> str:
    """A list of issues, the waived ones left out."""
    open_ = [finding for finding in sorted(findings) if not finding.waived]
    return json_text(
        [
            {
                "description": f"{safe(finding.message)} 怎么办：{safe(finding.hint)}",
                "check_name": finding.rule,
                "fingerprint": mark,
                "severity": _LEVELS[finding.severity],
                "location": {"path": finding.file, "lines": {"begin": finding.line}},
            }
            for finding, mark in zip(open_, fingerprints(open_), strict=True)
        ]
    )


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """A mark for each finding, different from all others, the same when only lines above it came or went."""
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        what = (finding.file, finding.rule, finding.path, finding.message)
        seen[what] += 1
        key = "\0".join((*what, str(seen[what])))
        yield hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()
