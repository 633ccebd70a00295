"""Blocks -> Markdown for a comment on a pull request. Whatever somebody wrote shows as text and as nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from build_tools.diagnostics.glyphs import markdown as inert
from build_tools.diagnostics.md import md
from build_tools.review.words import Block, Found, Grid, Heading, Items, Said

LIMIT = 60_000
"""Characters that a comment may have: GitHub takes 65,536."""

_ROOM = 100  # for the line that says what was left out


def markdown(blocks: Iterable[Block]) -> str:
    """The blocks, as far as a comment may be long; the last line says how many lines are left out."""
    lines = [line for block in blocks for line in (*_lines(block), "")][:-1]
    size, kept = 0, 0
    for line in lines:
        size += len(line) + 1
        if size > LIMIT - _ROOM:
            break
        kept += 1
    left = len(lines) - kept
    cut = [f"\n篇幅所限，后面 {left} 行没有写出来。"] if left else []
    return "\n".join([*lines[:kept], *cut]) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {inert(block.text)}"
        case Said():
            yield inert(block.text)
        case Items():
            yield from (f"{'1.' if block.numbered else '-'} {inert(text)}" for text in block.texts)
        case Grid():
            yield from (_row(block.head), _row(["---"] * len(block.head)))
            yield from (_row([inert(cell) for cell in row]) for row in block.rows)
        case Found():
            yield from md(block.findings, lambda _file, _line: "").rstrip("\n").split("\n")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
