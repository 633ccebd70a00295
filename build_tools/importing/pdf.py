"""PDF with text -> blocks: ruled tables as grids, the lines around them as text. Only here is pdfplumber."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.table import Table

from build_tools.importing.blocks import Block, Document, Grid, GridCell, GridRow, Kind, Paragraph
from build_tools.importing.refused import RefusedError

MOST_PAGES = 80
_PAGE = re.compile(r"[-—–]?\s*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*/\s*\d{1,3})?\s*[-—–]?")
_FEWEST = 3  # edges of a table with two columns
_EDGE = 2.0
"""Points by which edges that are the same may differ."""


def read_pdf(data: bytes) -> Document:
    """A PDF's text in printed order. Raises RefusedError for pictures of pages, passwords and broken files."""
    try:
        blocks = _blocks(data)
    except RefusedError:
        raise
    except Exception as error:  # pdfminer raises whatever its parts raise
        if "password" in f"{type(error).__name__} {error!r}".lower():
            raise RefusedError("PDF 设了密码", "打开文件，去掉密码，另存一份，再试一次。") from error
        raise RefusedError("PDF 坏了，读不出来", "用浏览器打开，打印成 PDF，再试一次。") from error
    if not any(isinstance(block, Grid) or len(block.text) > 1 for block in blocks):
        raise RefusedError("PDF 里没有文字，是扫描的图片", "向发布机关要 Word 文件，或对着它用填报页录入。")
    return Document(Kind.PDF, tuple(blocks))


def _blocks(data: bytes) -> list[Block]:
    blocks: list[Block] = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        if len(pdf.pages) > MOST_PAGES:
            why = f"PDF 有 {len(pdf.pages)} 页，超过 {MOST_PAGES} 页"
            raise RefusedError(why, "把年报单独存成一个文件，再试一次。")
        for number, page in enumerate(pdf.pages, 1):
            blocks += _page(page, number)
            page.close()
    return blocks


@dataclass(frozen=True, slots=True)
class _Placed:
    """A block with where it begins on the page."""

    top: float
    block: Paragraph | GridRow


def _page(page: Page, number: int) -> Iterator[Block]:
    rows, boxes = _tables(page, number)
    placed = rows + _lines(page, number, boxes)
    held: list[GridRow] = []
    for piece in sorted(placed, key=lambda piece: piece.top):
        if isinstance(piece.block, GridRow):
            held.append(piece.block)
            continue
        if held:
            yield Grid(tuple(held))
            held = []
        yield piece.block
    if held:
        yield Grid(tuple(held))


def _tables(page: Page, number: int) -> tuple[list[_Placed], list[tuple[float, float]]]:
    """The rows of ruled tables that have several cells, and the heights between which they lie."""
    rows: list[_Placed] = []
    boxes: list[tuple[float, float]] = []
    for order, table in enumerate(page.find_tables(), 1):
        edges = _edges(table)
        if len(edges) < _FEWEST:
            continue
        texts = table.extract()
        for at, (row, cells) in enumerate(zip(table.rows, texts, strict=True), 1):
            found = tuple(
                GridCell(_tidy(text), _at(edges, box[0]), _at(edges, box[2]))
                for box, text in zip(row.cells, cells, strict=True)
                if box
            )
            top, bottom = row.bbox[1], row.bbox[3]
            if (
                len([cell for cell in found if cell.text]) == 1
                and len(found) == 1
                and found[0].end - found[0].start == len(edges) - 1
            ):
                continue  # a box around running text
            rows.append(_Placed(top, GridRow(found, f"第{number}页表格{order}第{at}行")))
            boxes.append((top, max(bottom, *(box[3] for box in row.cells if box))))
    return rows, boxes


def _edges(table: Table) -> list[float]:
    """The columns' edges from left to right; edges closer than the eye can tell are one."""
    edges: list[float] = []
    for x in sorted(x for row in table.rows for box in row.cells if box for x in (box[0], box[2])):
        if not edges or x - edges[-1] > _EDGE:
            edges.append(x)
    return edges


def _at(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - x))


def _tidy(text: str | None) -> str:
    return "\n".join(line.strip() for line in (text or "").split("\n") if line.strip())


def _lines(page: Page, number: int, boxes: Sequence[tuple[float, float]]) -> list[_Placed]:
    """The lines of text outside of the tables, joined to paragraphs where the page shows that they go on."""
    lines = [
        line
        for line in page.extract_text_lines(return_chars=False)
        if not any(top - 1 <= (line["top"] + line["bottom"]) / 2 <= bottom + 1 for top, bottom in boxes)
        and not _furniture(line, page)
    ]
    if not lines:
        return []
    left, right = min(line["x0"] for line in lines), max(line["x1"] for line in lines)
    found: list[_Placed] = []
    open_ = False
    for line in lines:
        size = line["bottom"] - line["top"]
        text = line["text"].strip()
        starts = line["x0"] - left > 1.2 * size
        last = found[-1].block if found else None
        if open_ and not starts and isinstance(last, Paragraph):
            found[-1] = _Placed(
                found[-1].top, Paragraph(last.text + text, last.place, gap=last.gap, whole=False)
            )
        else:
            found.append(_Placed(line["top"], Paragraph(text, f"第{number}页", whole=False)))
        open_ = right - line["x1"] < 1.5 * size
    return found


def _furniture(line: Mapping[str, Any], page: Page) -> bool:
    """Whether a line is a page number at the head or foot of the page."""
    outer = line["top"] < 0.1 * page.height or line["bottom"] > 0.88 * page.height
    return bool(outer and _PAGE.fullmatch(line["text"].strip()))
