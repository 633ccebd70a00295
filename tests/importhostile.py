"""Files that were made to harm, or that are not what they are called: name -> bytes, made anew each time."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import docx
import openpyxl

CONTENT = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def zipped(parts: Mapping[str, bytes | str], level: int = 9) -> bytes:
    """A zip with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _blank_docx() -> dict[str, bytes]:
    out = io.BytesIO()
    docx.Document().save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _blank_xlsx() -> dict[str, bytes]:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _docx(document: bytes | str) -> bytes:
    return zipped({**_blank_docx(), "word/document.xml": document})


def _xlsx(**parts: str) -> bytes:
    names = {"sheet": "xl/worksheets/sheet1.xml", "strings": "xl/sharedStrings.xml"}
    return zipped({**_blank_xlsx(), **{names[name]: text for name, text in parts.items()}})


def _lying() -> bytes:
    """A docx whose directory says that its document is small."""
    data = bytearray(_docx(WORD.format("<w:p/>" * 3_000_000)))
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        if data[at + 46 :].startswith(b"word/document.xml"):
            struct.pack_into("<I", data, at + 24, 100)
        at = data.rfind(b"PK\x01\x02", 0, at)
    return bytes(data)


def _pdf(*objects: str) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{at:010} 00000 n \n".encode() for at in places)
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


_CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
_STREAM = "<< /Length {} >>\nstream\n{}\nendstream"
_ROWS = (
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>规章</t></is></c></row>{}</sheetData></worksheet>'
)
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}' + _ROWS
_ENTITIES = '<!DOCTYPE a [<!ENTITY a "规章规章规章规章"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
_OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"

ENDLESS = _pdf(_CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>", "3 0 R")
"""A PDF whose only page is itself: reading it takes for ever."""

REFUSED: Mapping[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: _docx(WORD.format("<w:p/>" * 30_000_000)),
    "bomb.xlsx": lambda: _xlsx(sheet=_SHEET.format("", "<row/>" * 30_000_000)),
    "bomb-unused.docx": lambda: zipped({**_blank_docx(), "word/media/a.bin": b"\0" * 200_000_000}),
    "lying.docx": _lying,
    "parts.docx": lambda: zipped({**_blank_docx(), **{f"word/{i}": b"" for i in range(5000)}}),
    "nested.zip": lambda: zipped({"a.docx": _docx("x"), "b.zip": zipped({"c": b"\0" * 9999})}),
    "entities.docx": lambda: _docx(_ENTITIES + WORD.format(_PARAGRAPH.format("&c;"))),
    "outside.docx": lambda: _docx(_OUTSIDE + WORD.format(_PARAGRAPH.format("&x;"))),
    "entities-utf16.docx": lambda: _docx(
        (_ENTITIES + WORD.format(_PARAGRAPH.format("&c;"))).encode("utf-16")
    ),
    "outside.xlsx": lambda: _xlsx(sheet=_OUTSIDE + _SHEET.format("", "")),
    "locked.docx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096,
    "old.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "年报".encode("utf-16-le") * 999,
    "picture.docx": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 999,
    "picture.pdf": lambda: b"\xff\xd8\xff\xe0" + b"\0" * 999,
    "picture.txt": lambda: b"GIF89a" + b"\x01\0\x01\0\x80\0\0" * 99,
    "program.txt": lambda: b"\x7fELF" + b"\0" * 999,
    "cut.docx": lambda: _docx(WORD.format(_PARAGRAPH.format("规章")))[:-300],
    "cut.xlsx": lambda: _xlsx(sheet=_SHEET.format("", ""))[:900],
    "nothing.docx": lambda: zipped({"[Content_Types].xml": CONTENT, "word/document.xml": ""}),
    "nothing.xlsx": lambda: zipped({"[Content_Types].xml": CONTENT, "xl/workbook.xml": ""}),
    "empty.txt": lambda: b"",
    "spaces.txt": lambda: b" \n\r\n\t " * 99,
    "empty.html": lambda: b"<html><body></body></html>",
    "lines.txt": lambda: "公开。\n".encode() * 5_001,
    "letters.html": f"<p>{'公' * 200_001}</p>".encode,
    "text.pdf": lambda: b"%PDF-1.4\n" + "规章 0 0 0\n".encode() * 99,
    "loop.pdf": lambda: _pdf(_CATALOG, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
    "scan.pdf": lambda: _pdf(
        _CATALOG,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>",
        _STREAM.format(1, "q"),
    ),
    "locked.pdf": lambda: _pdf(_CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>").replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"00" * 32
        + b"> /U <"
        + b"00" * 32
        + b"> >>",
    ),
    "wide.xlsx": lambda: _xlsx(
        sheet=_SHEET.format("", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    ),
    "merged.xlsx": lambda: _xlsx(
        sheet=_SHEET.format("", "").replace(
            "</worksheet>", '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
        )
    ),
    "cells.html": lambda: b"<table>" + b"<tr><td>1</td></tr>" * 100_001 + b"</table>",
    "rtf.docx": lambda: b"{\\rtf1 \\ansi}",
    "binary.txt": lambda: bytes(range(256)) * 40,
    "open.docx": lambda: zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
    ),
}
"""Files of which nothing can be read."""

_WORDS = "规章 0 0 0\n一、总体情况\n全年公开信息。\n"

HARMLESS: Mapping[str, Callable[[], bytes]] = {
    "scripts.html": (
        "<html><head><script>alert('坏')</script></head><body onload=\"alert(1)\"><h1>油车港镇2020年政府信息公开工作年度报告</h1>"
        "<p onclick='x()'>全年公开。<script>document.write('坏')</script></p><iframe src='http://x/'>坏</iframe>"
        "<object data='x'>坏</object><style>p{}</style><svg><script>坏</script></svg><p>[链接](javascript:alert(1)) &lt;script&gt;字&lt;/script&gt;</p>"
        "<h2>一、总体情况</h2><p>好。</p></body></html>"
    ).encode,
    "deep.html": lambda: b"<div>" * 100_000 + "规章".encode() + b"</div>" * 100_000,
    "deep-tables.html": lambda: b"<table><tr><td>" * 20_000 + "规章".encode(),
    "spans.html": (
        "<table>"
        + "<tr><td rowspan=999999999 colspan=999999999>规章</td><td colspan='-3' rowspan='x'>0</td></tr>"
        * 300
        + "</table>"
    ).encode,
    "line.txt": ("规章 0 0 0 " * 500_000).encode,
    "line-glued.txt": ("规章000行政许可" * 100_000).encode,
    "bars.txt": lambda: b"|" * 500_000 + b"\n" + b"- " * 500_000 + b"\n" + b"|-" * 300_000,
    "tabs.txt": ("规章" + "\t" * 500_000 + "0\n").encode,
    "spaces-long.txt": ("规" + " " * 1_000_000 + "章 0 0 0\n").encode,
    "digits.txt": ("规章\t" + "9" * 300_000 + "\t0\t0\n").encode,
    "numbering.txt": ("（一" * 300_000 + "\n" + "一二三" * 300_000 + "、\n").encode,
    "stars.txt": ("*" * 300_000 + "\n" + "#" * 100_000 + " 甲\n" + "年政府信息公开" * 50_000).encode,
    "lines.txt": lambda: "规章\n0\n".encode() * 20_000,
    "gap.txt": lambda: (
        "规章\n\n0\n\n0\n\n0\n\n规范性文件\n".encode() + b"\n" * 1_000_000 + "一、总体情况\n0\n".encode()
    ),
    "controls.txt": ("\x1b[31m规章\x07\u202e 0 0 0\x00\n".replace("\x00", "\x01") + _WORDS).encode,
    "bom.txt": lambda: _WORDS.encode("utf-8-sig"),
    "gb.txt": lambda: _WORDS.encode("gb18030"),
    "utf16.txt": lambda: _WORDS.encode("utf-16"),
    "utf16be.txt": lambda: b"\xfe\xff" + _WORDS.encode("utf-16-be"),
    "html.txt": f"<p>{_WORDS}</p>".encode,
    "text.html": _WORDS.encode,
    "word.pdf": lambda: _docx(WORD.format(_PARAGRAPH.format("规章"))),
    "formulas.csv": "=cmd|' /C calc'!A0,规章,@SUM(1),+1,-1\n规章,=1+1,0,0\n".encode,
    "quotes.csv": lambda: '"规章,0\n'.encode() * 5000,
    "formulas.xlsx": lambda: _xlsx(
        sheet=_SHEET.format(
            "", '<row r="2"><c r="A2"><f>cmd|\'/C calc\'!A0</f><v>5</v></c><c r="B2"><f>1+1</f></c></row>'
        )
    ),
    "dimension.xlsx": lambda: _xlsx(sheet=_SHEET.format('<dimension ref="A1:XFD1048576"/>', "")),
}
"""Files that are read as far as they go, without harm."""
