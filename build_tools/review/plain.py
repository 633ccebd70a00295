"""Blocks -> text for a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from build_tools.diagnostics.glyphs import WORDS, safe
from build_tools.finding import Finding
from build_tools.review.words import Block, Found, Grid, Heading, Items, Said


def plain(blocks: Iterable[Block]) -> str:
    """The blocks, one below the other."""
    return "\n".join(line for block in blocks for line in _lines(block)) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield from ([] if block.level == 1 else [""])
            yield f"{safe(block.text)}{'' if block.level == 1 else '：'}"
        case Said():
            yield f"  {safe(block.text)}"
        case Items():
            marks = (f"{n}." if block.numbered else "-" for n in range(1, len(block.texts) + 1))
            yield from (f"  {mark} {safe(text)}" for mark, text in zip(marks, block.texts, strict=True))
        case Grid():
            yield from (
                f"  - {safe(where)}：{' → '.join(map(safe, values))}" for where, *values in block.rows
            )
        case Found():
            yield from (line for finding in block.findings for line in _finding(finding))


def _finding(finding: Finding) -> Iterator[str]:
    place = f"{finding.file}:{finding.line}:{finding.column}"
    yield f"  - {safe(place)}: {WORDS[finding.severity]} {safe(finding.rule)} {safe(finding.message)}"
    yield f"    怎么办：{safe(finding.hint)}"
