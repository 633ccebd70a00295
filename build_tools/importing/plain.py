"""Text and Markdown -> blocks: lines, and rows of cells where bars or tabs part them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.importing.blocks import Block, Document, Grid, Kind, paragraph, row

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:[|\t]\s*(?::?-{2,}:?)?\s*)*")
_ENDS = 3  # a text with a bar on either side of it
_PAGE = re.compile(r"[-—–]\s*\d{1,3}\s*[-—–]")
_SPACES = re.compile(r"[^\S\n]+")


def read_text(text: str) -> Document:
    """A text file. Bars and tabs part cells; every other line is a paragraph or a part of one."""
    return Document(Kind.TEXT, tuple(_blocks(text.replace("\r\n", "\n").replace("\r", "\n"))))


def _blocks(text: str) -> Iterator[Block]:
    held: list[tuple[list[str], str]] = []
    gap = 1
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if (not bare and "\t" not in line) or (bare and not bare.strip("| ")):
            gap += 1  # a bar by itself parts cells like an empty line
            continue
        if _PAGE.fullmatch(bare) or (_RULE.fullmatch(bare) and ("|" in bare or "\t" in bare)):
            continue
        parts, place = _parts(line), f"第{number}行"
        alone = _alone(parts)
        if alone is None:
            held.append((parts, place))
        else:
            yield from _grid(held)
            held = []
            yield paragraph(alone, place, gap, whole=False)
        gap = 1
    yield from _grid(held)


def _parts(line: str) -> list[str]:
    """What bars or tabs part, the empty cells at the ends included."""
    if "\t" in line.lstrip(" \t") or (line.count("\t") > 1 and not line.strip()):
        return [_tidy(cell) for cell in line.split("\t")]
    if "|" not in line:
        return [line.strip()]
    return [_tidy(cell) for cell in line.replace("\\|", "\u2502").split("|")]


def _alone(parts: list[str]) -> str | None:
    """The one text on a line, bars at its ends or not; None for a row of cells."""
    inner = parts[1 if len(parts) > 1 and not parts[0] else 0 :]
    if len(inner) > 1 and not inner[-1]:
        inner = inner[:-1]
    return inner[0] if len(inner) == 1 and ("\t" not in inner[0]) and len(parts) <= _ENDS else None


def _grid(held: list[tuple[list[str], str]]) -> Iterator[Grid]:
    """The rows of a block. Where every row begins or ends with a bar, no cell stands beyond it."""
    if not held:
        return
    first = int(all(not parts[0] for parts, _ in held))
    last = int(all(not parts[-1] for parts, _ in held))
    yield Grid(tuple(row(parts[first : len(parts) - last], place) for parts, place in held), exact=False)


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
