"""HTML -> blocks. Tables keep their spans, prose its headings, lists and bold words; nothing in it is ever run.

Of a whole web page only the part that holds the report is read: the smallest element around its headings and tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html
from lxml.html import HtmlElement

from build_tools.importing.blocks import Block, Document, Grid, GridCell, GridRow, Kind, Paragraph
from build_tools.importing.refused import RefusedError
from build_tools.importing.webpage import BLOCKS, UNREAD, around, told

_HEADINGS = {f"h{i}": i for i in range(1, 7)}
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_DIGITS = 8
_MARKS = re.compile(r"([\\*_\[\]<>`])")
MOST_SPAN, DEEPEST, MOST_CELLS = 200, 400, 100_000


def read_html(text: str, kind: Kind = Kind.HTML, *, whole: bool = False) -> Document:
    """The report on a web page; all of it if `whole`. Raises RefusedError for what has no text."""
    if not text.strip():
        raise RefusedError("文件里没有文字", "换一个文件。")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ValueError, AssertionError, html.etree.ParserError) as error:
        raise RefusedError("读不出网页的内容", "用浏览器打开，另存为网页，再试一次。") from error
    return Document(kind, tuple(_Reader().blocks(root if whole else around(root))), told(root))


@dataclass
class _Reader:
    """Walks an element once, in printed order."""

    paragraphs: int = 0
    grids: int = 0
    cells: int = 0
    words: list[str] = field(default_factory=list)

    def blocks(self, element: HtmlElement) -> Iterator[Block]:
        yield from self.inside(element, 0, 0)
        yield from self.ended(0)

    def inside(self, element: HtmlElement, level: int, depth: int) -> Iterator[Block]:
        if depth > DEEPEST:
            raise RefusedError("网页的层次太深", "用浏览器打开，复制正文，存成文本再导入。")
        self.words.append(_marked(element.text or ""))
        for number, child in enumerate(element, 1):
            if isinstance(child.tag, str) and child.tag not in UNREAD and not _hidden(child):
                yield from self.child(element, child, number, level, depth)
            self.words.append(_marked(child.tail or ""))

    def child(
        self, parent: HtmlElement, child: HtmlElement, number: int, level: int, depth: int
    ) -> Iterator[Block]:
        if child.tag == "br":
            yield from self.ended(level)
        elif child.tag == "table":
            yield from self.ended(level)
            yield from self.table(child, depth)
        elif child.tag in BLOCKS:
            if child.tag != "p" or parent.tag != "li" or child.getprevious() is not None:
                yield from self.ended(
                    level
                )  # but for the number of an entry, which its paragraph begins with
            below = _HEADINGS.get(child.tag, level)
            if child.tag == "li":
                self.words.append(
                    f"{int(parent.get('start') or 1) + number - 1}. " if parent.tag == "ol" else "- "
                )
            yield from self.inside(child, below, depth + 1)
            yield from self.ended(below)
        else:
            bold = child.tag in {"b", "strong"} and bool((child.text_content() or "").strip())
            start = len(self.words)
            found = list(self.inside(child, level, depth + 1))
            if bold and not found:
                self.words[start:] = [_bold("".join(self.words[start:]))]
            yield from found

    def ended(self, level: int) -> Iterator[Paragraph]:
        text = _SPACES.sub(" ", "".join(self.words).replace("\n", " ")).replace("****", "").strip(" \u3000")
        self.words.clear()
        if text:
            self.paragraphs += 1
            yield Paragraph(text, f"第{self.paragraphs}段", level=level)

    # --- tables ---

    def table(self, element: HtmlElement, depth: int) -> Iterator[Block]:
        rows = [row for row in element.iter("tr") if _table_of(row) is element]
        nested = [table for table in element.iter("table") if table is not element]
        if nested and all(len(_cells(row)) == 1 for row in rows):  # a frame around the page
            for row in rows:
                for cell in _cells(row):
                    yield from self.inside(cell, 0, depth + 1)
                    yield from self.ended(0)
            return
        self.grids += 1
        grid = tuple(self.rows(rows))
        if grid:
            yield Grid(grid)

    def rows(self, rows: list[HtmlElement]) -> Iterator[GridRow]:
        taken: dict[int, int] = {}
        for number, row in enumerate(rows, 1):
            cells: list[GridCell] = []
            below: dict[int, int] = {}
            column = 0
            for element in _cells(row):
                while taken.get(column):
                    column += 1
                wide, high = _span(element, "colspan"), _span(element, "rowspan")
                cells.append(GridCell(_cell_text(element), column, column + wide))
                below |= dict.fromkeys(range(column, column + wide), high)
                column += wide
            self.cells += len(cells)
            if self.cells > MOST_CELLS:
                raise RefusedError(f"表格有 {MOST_CELLS} 格以上", "这不像一份年报，检查文件。")
            taken = {at: n - 1 for at, n in (taken | below).items() if n > 1}
            yield GridRow(tuple(cells), f"第{self.grids}个表格第{number}行")


def _table_of(row: HtmlElement) -> HtmlElement | None:
    return next(row.iterancestors("table"), None)


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _span(element: HtmlElement, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return (
        min(max(int(value), 1), MOST_SPAN)
        if value.isascii() and value.isdigit() and len(value) <= _DIGITS
        else 1
    )


def _cell_text(element: HtmlElement) -> str:
    """A cell's text; a line for each of its paragraphs and broken lines."""
    parts: list[str] = []

    def walk(node: HtmlElement, depth: int) -> None:
        parts.append((node.text or "").replace("\n", " "))
        for child in node:
            if (
                isinstance(child.tag, str)
                and child.tag not in UNREAD
                and not _hidden(child)
                and depth < DEEPEST
            ):
                if child.tag in BLOCKS or child.tag in {"br", "tr"}:
                    parts.append("\n")
                walk(child, depth + 1)
                if child.tag in BLOCKS:
                    parts.append("\n")
            parts.append((child.tail or "").replace("\n", " "))

    walk(element, 0)
    lines = [_SPACES.sub(" ", line).strip(" \u3000") for line in "".join(parts).split("\n")]
    return "\n".join(line for line in lines if line)


def _hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _marked(text: str) -> str:
    """Text that means itself in Markdown."""
    return _MARKS.sub(r"\\\1", text)


def _bold(text: str) -> str:
    inner = text.strip()
    if not inner:
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}**{inner}**{tail}"
