"""Bytes and a name -> Document: the guard says what it is, the reader for it reads."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from build_tools.importing.blocks import Document, Grid
from build_tools.importing.guard import Sort, decoded, sort_of
from build_tools.importing.plain import read_text
from build_tools.importing.refused import RefusedError

_BINARY = {
    Sort.DOCX: ("word", "read_word"),
    Sort.XLSX: ("sheet", "read_excel"),
    Sort.PDF: ("pdf", "read_pdf"),
}
_TEXTS = {Sort.HTML: ("html", "read_html"), Sort.CSV: ("sheet", "read_csv")}

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
        binary: Document = getattr(_reader(module), function)(data)
        return binary
    text = decoded(data)
    if sort in _TEXTS:
        module, function = _TEXTS[sort]
        read: Document = getattr(_reader(module), function)(text)
        return read
    return read_text(text)


def _reader(name: str) -> ModuleType:
    """A reader with its libraries, which come with the extra `import`; text needs none."""
    try:
        return import_module(f"{__package__}.{name}")
    except ModuleNotFoundError as error:
        advice = "用 make import FILES=… 导入，会先装好；或运行 .venv/bin/pip install --require-hashes -r requirements-import.lock。"
        raise RefusedError(f"读这种文件的程序库没有装（{error.name}）", advice) from error
