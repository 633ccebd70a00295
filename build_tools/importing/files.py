"""Bytes and a name -> Document: the guard says what it is, the reader for it reads."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from build_tools.importing.blocks import Document
from build_tools.importing.guard import Sort, decoded, sort_of
from build_tools.importing.plain import read_text
from build_tools.importing.refused import RefusedError

_BINARY = {
    Sort.DOCX: ("word", "read_word"),
    Sort.XLSX: ("sheet", "read_excel"),
    Sort.PDF: ("pdf", "read_pdf"),
}
_TEXTS = {Sort.HTML: ("html", "read_html"), Sort.CSV: ("sheet", "read_csv")}


def read_document(data: bytes, name: str) -> Document:
    """The blocks of a file; raises RefusedError with what to do instead."""
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
