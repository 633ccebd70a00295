"""Bytes and a name -> Document: the guard says what it is, the reader for it reads."""

from __future__ import annotations

from importlib import import_module

from build_tools.importing.blocks import Document, Grid
from build_tools.importing.guard import Sort, decoded, sort_of
from build_tools.importing.html import read_html
from build_tools.importing.plain import read_text
from build_tools.importing.refused import RefusedError

_BINARY = {
    Sort.DOCX: ("word", "read_word"),
    Sort.XLSX: ("sheet", "read_excel"),
    Sort.PDF: ("pdf", "read_pdf"),
}


MOST_LINES, MOST_LETTERS = 5_000, 200_000


def read_document(data: bytes, name: str) -> Document:
    """The blocks of a file; raises RefusedError with what to do instead."""
    document = _read(data, name)
    _bounded(document)
    return document


def _bounded(document: Document) -> None:
    """Refuse what no report has: what comes next takes its time with every line."""
    lines = sum(len(block.rows) if isinstance(block, Grid) else 1 for block in document.blocks)
    letters = sum(len(paragraph.text) for paragraph in document.paragraphs())
    if not lines:
        raise RefusedError("文件里没有文字", "换一个文件；是图片的，对着它用填报页录入。")
    if lines > MOST_LINES or letters > MOST_LETTERS:
        why = f"有 {lines} 行、正文 {letters} 字，超过 {MOST_LINES} 行或 {MOST_LETTERS} 字，不像一份年报"
        raise RefusedError(why, "只留年报，另存一份，再试一次。")


def _read(data: bytes, name: str) -> Document:
    sort = sort_of(data, name)
    if sort in _BINARY:
        module, function = _BINARY[sort]
        read = getattr(import_module(f"build_tools.importing.{module}"), function)
        document: Document = read(data)
        return document
    text = decoded(data)
    if sort is Sort.HTML:
        return read_html(text)
    if sort is Sort.CSV:
        sheet = import_module("build_tools.importing.sheet")
        table: Document = sheet.read_csv(text)
        return table
    return read_text(text)
