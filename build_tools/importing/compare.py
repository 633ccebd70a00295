"""The words of a source against those of the report made of it: what was lost, joined, dropped or added."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator

from build_tools.importing.blocks import Document
from build_tools.importing.labels import key, vocabulary
from build_tools.importing.lines import Line, is_figure, lines_of
from build_tools.importing.parts import plain, text_of
from build_tools.model import Report

_GAP = "\u3000"


def compared(document: Document, report: Report, name: str) -> str:
    """A unified diff of the prose, and the figures of tables that one has and the other has not; empty if none differs.

    White space, and words that the form itself prints, do not count.
    """
    lines = [line for line in lines_of(document) if not _printed(line)]
    tables = [line for line in lines if _figures(line)]
    before = [_words(line) for line in lines if not _figures(line)]
    diff = difflib.unified_diff(
        [line for line in before if line],
        [line for line in _told(report) if line],
        name,
        "录入的",
        lineterm="",
        n=0,
    )
    return "".join(f"{line}\n" for line in (*diff, *_counted(tables, report)))


def _printed(line: Line) -> bool:
    """Whether the form prints all that stands on the line."""
    return all(key(cell.text) in vocabulary() for cell in line.cells if cell.text)


def _figures(line: Line) -> bool:
    """Whether figures stand on the line, and beside them nothing but labels."""
    texts = [cell.text for cell in line.cells if cell.text]
    return any(is_figure(text) for text in texts) and (
        bool(line.grid) or len(texts) > 1 or is_figure(texts[0])
    )


def _counted(tables: list[Line], report: Report) -> Iterator[str]:
    printed = Counter(cell.text for line in tables for cell in line.cells if is_figure(cell.text))
    cells = [
        cell.raw
        for table in report.tables.values()
        for row in table.rows.values()
        for cell in row
        if cell.raw
    ]
    rows = [value for table in report.tables.values() for row in table.extra for value in row.values]
    kept = Counter([*cells, *rows])
    for title, counts in (
        ("表里的数，原文有、没有录入的", printed - kept),
        ("表里的数，录入了、原文没有的", kept - printed),
    ):
        if counts:
            yield f"{title}：{'、'.join(f'{text}（{n}个）' for text, n in sorted(counts.items()))}"


def _words(line: Line) -> str:
    return " ".join(plain(text_of(line)).split()).replace(_GAP, " ")


def _told(report: Report) -> Iterator[str]:
    """The report's own words, as the source would print them."""
    yield report.title
    for section in report.sections:
        if report.form.free:
            yield section.heading
        for line in section.text.split("\n"):
            yield " ".join(plain(line.lstrip("# ").replace("\\", "")).split())
