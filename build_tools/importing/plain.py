"""Text and Markdown -> blocks: lines, and rows of cells where bars or tabs part them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.importing.blocks import Block, Document, Grid, GridRow, Kind, paragraph, row

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:[|\t]\s*(?::?-{2,}:?)?\s*)*")
_PAGE = re.compile(r"[-—–]\s*\d{1,3}\s*[-—–]")
_SPACES = re.compile(r"[^\S\n]+")


def read_text(text: str) -> Document:
    """A text file. Bars and tabs part cells; every other line is a paragraph or a part of one."""
    return Document(Kind.TEXT, tuple(_blocks(text.replace("\r\n", "\n").replace("\r", "\n"))))


def _blocks(text: str) -> Iterator[Block]:
    rows: list[GridRow] = []
    gap = 1
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if not bare and "\t" not in line:
            gap += 1
            continue
        if bare and not bare.strip("| "):  # a bar by itself parts cells like an empty line
            gap += 1
            continue
        if _PAGE.fullmatch(bare) or (_RULE.fullmatch(bare) and ("|" in bare or "\t" in bare)):
            continue
        place = f"第{number}行"
        cells = _cells(line)
        if len(cells) > 1:
            rows.append(row(cells, place))
        else:
            if rows:
                yield Grid(tuple(rows), exact=False)
                rows = []
            yield paragraph((cells[0] if "|" in bare else bare).strip(), place, gap, whole=False)
        gap = 1
    if rows:
        yield Grid(tuple(rows), exact=False)


def _cells(line: str) -> list[str]:
    """The cells of a line, without the empty ones that bars at its ends make."""
    if "\t" in line.lstrip(" \t") or (line.count("\t") > 1 and not line.strip()):
        return [_tidy(cell) for cell in line.split("\t")]
    if "|" not in line:
        return [line.strip()]
    parts = [_tidy(cell) for cell in line.replace("\\|", "\u2502").split("|")]
    if parts and not parts[0]:
        parts = parts[1:]
    if parts and not parts[-1]:
        parts = parts[:-1]
    return parts


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
