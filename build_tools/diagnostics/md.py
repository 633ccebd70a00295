"""Findings as a Markdown table that a maintainer can paste into a review."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.diagnostics.glyphs import WORDS, Lines, markdown
from build_tools.finding import Finding

_HEAD = "| 级别 | 位置 | 规则 | 问题 | 怎么办 |\n| --- | --- | --- | --- | --- |\n"


def md(findings: Sequence[Finding], _lines: Lines) -> str:
    """A row for each open finding, the gravest first; the waived ones are counted below."""
    open_ = sorted((f for f in findings if not f.waived), key=lambda f: (f.severity.rank, f))
    table = _HEAD + "".join(f"| {' | '.join(_cells(finding))} |\n" for finding in open_)
    waived = len(findings) - len(open_)
    note = f"\n另有 {waived} 处已确认为原文如此。\n" if waived else ""
    return (table if open_ else "没有发现问题。\n") + note


def _cells(finding: Finding) -> tuple[str, ...]:
    place = f"{finding.file}:{finding.line}:{finding.column}"
    texts = (WORDS[finding.severity], place, finding.rule, finding.message, finding.hint)
    return tuple(markdown(text) for text in texts)
