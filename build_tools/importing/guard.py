"""What a file is, by its bytes, and whether it is safe to open. Names are never believed."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from build_tools.importing.refused import RefusedError

MOST_BYTES = 40_000_000
"""A report with scanned pages has a few megabytes; what is larger is something else."""

_MOST_UNPACKED, _MOST_PARTS, _MOST_RATIO = 120_000_000, 4_000, 200
_CHUNK, _SMALL = 1 << 16, 1_000_000
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


class Sort(StrEnum):
    """The sorts of files that are told apart."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"
    CSV = "csv"


def sort_of(data: bytes, name: str) -> Sort:
    """What the bytes are; the name decides only between sorts of text. Raises RefusedError for all that is not read."""
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1e6:.0f} MB"
        raise RefusedError(
            f"文件有 {size}，超过 {MOST_BYTES // 1_000_000} MB", "把年报单独存成一个文件，再试一次。"
        )
    if not data.strip():
        raise RefusedError("文件是空的", "检查文件，换一个有内容的。")
    for magic, why, advice in _OTHERS:
        if data.startswith(magic):
            raise RefusedError(why, advice)
    if data.startswith(b"%PDF-"):
        return Sort.PDF
    if data.startswith(b"PK"):
        return _office(data)
    return _text(data, name.lower())


_OTHERS = (
    (
        b"\xd0\xcf\x11\xe0",
        "这是旧格式的 .doc、.xls，或者设了密码",
        "用 Word 或 WPS 打开（有密码的先去掉密码），另存为 .docx 或 .xlsx，再试一次。",
    ),
    (b"\xff\xd8\xff", "这是图片", "图片里的字程序读不准，请对着图片用填报页录入。"),
    (b"\x89PNG", "这是图片", "图片里的字程序读不准，请对着图片用填报页录入。"),
    (b"II*\x00", "这是扫描的图片", "图片里的字程序读不准，请对着图片用填报页录入。"),
    (b"Rar!", "这是压缩包", "先解压，把里面的年报一个个导入。"),
    (b"7z\xbc\xaf", "这是压缩包", "先解压，把里面的年报一个个导入。"),
    (b"\x1f\x8b", "这是压缩包", "先解压，把里面的年报一个个导入。"),
    (b"{\\rtf", "这是 .rtf 文件", "用 Word 或 WPS 打开，另存为 .docx，再试一次。"),
    (b"%!PS", "这是 PostScript 文件", "存成 PDF 或 .docx，再试一次。"),
    (b"MZ", "这是程序，不是文档", "换一个文件。"),
    (b"\x7fELF", "这是程序，不是文档", "换一个文件。"),
)


def _office(data: bytes) -> Sort:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            _bounded(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise RefusedError("文件坏了，打不开", "用 Word 或 WPS 打开，另存一份，再试一次。") from error
    if "word/document.xml" in names:
        return Sort.DOCX
    if "xl/workbook.xml" in names:
        return Sort.XLSX
    if "content.xml" in names:
        raise RefusedError("这是 OpenDocument 文件（.odt、.ods）", "另存为 .docx 或 .xlsx，再试一次。")
    raise RefusedError("这是压缩包，不是 Word 或 Excel 文件", "先解压，把里面的年报一个个导入。")


def _bounded(archive: zipfile.ZipFile) -> None:
    """Unpack everything once, in pieces, without keeping it: sizes that are declared may lie."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise RefusedError(
            f"文件里有 {len(parts)} 个部分，太多了", "用 Word 或 WPS 打开，另存一份，再试一次。"
        )
    whole = 0
    for part in parts:
        if part.flag_bits & 1:
            raise RefusedError("文件设了密码", "打开文件，去掉密码，另存一份，再试一次。")
        whole += _unpacked(archive, part, _MOST_UNPACKED - whole)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    size, tail = 0, b""
    xml = part.filename.endswith((".xml", ".rels"))
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > left or (size > _SMALL and size > _MOST_RATIO * max(part.compress_size, 1)):
                raise RefusedError("文件展开以后大得出奇，像是有意做坏的", "换一个来源可靠的文件。")
            if xml and any(mark in tail + chunk for mark in _FORBIDDEN):
                raise RefusedError(
                    "文件里有 XML 实体定义，正常的 Word、Excel 文件没有", "换一个来源可靠的文件。"
                )
            tail = chunk[-16:]
    return size


def _text(data: bytes, name: str) -> Sort:
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError("认不出是什么文件", "能读的是 .docx、.pdf、网页、.xlsx、.csv 和文本。")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(
        (
            b"<!doctype html",
            b"<html",
            b"<?xml",
            b"<head",
            b"<body",
            b"<table",
            b"<div",
            b"<p",
            b"<!--",
            b"<h1",
        )
    ):
        return Sort.HTML
    if name.endswith((".html", ".htm", ".xhtml", ".shtml")):
        return Sort.HTML
    return Sort.CSV if name.endswith((".csv", ".tsv")) else Sort.TEXT


def decoded(data: bytes) -> str:
    """Text in UTF-8, UTF-16 or GB 18030, as Chinese offices save it."""
    for start, encoding in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"", "utf-8-sig"),
        (b"", "gb18030"),
    ):
        if data.startswith(start):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise RefusedError("文字的编码认不出", "用记事本打开，另存为 UTF-8，再试一次。")
