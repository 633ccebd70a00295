"""Bytes and a name -> Document: the guard says what it is, the reader for it reads."""

from __future__ import annotations

from importlib import import_module

from build_tools.importing.blocks import Document
from build_tools.importing.guard import Sort, decoded, sort_of
from build_tools.importing.html import read_html
from build_tools.importing.plain import read_text

_BINARY = {
    Sort.DOCX: ("word", "read_word"),
    Sort.XLSX: ("sheet", "read_excel"),
    Sort.PDF: ("pdf", "read_pdf"),
}


def read_document(data: bytes, name: str) -> Document:
    """The blocks of a file; raises RefusedError with what to do instead."""
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
