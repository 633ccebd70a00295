"""A laid out report -> a Word file: headings and lists in Word's own styles, tables with merged cells.

Anchors are bookmarks. There are no macros; nothing is linked from outside but addresses to click on.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from build_tools.printed import styles
from build_tools.printed.layout import TITLE, Part, Printed
from build_tools.printed.prose import BULLET, Paragraph, Run, paragraphs
from build_tools.printed.wordtable import table
from build_tools.prose import IDEOGRAPHIC_SPACE

_WHEN = datetime(1980, 1, 1)  # noqa: DTZ001  # as in the zip: no clock in it, and so no zone
_APART = Pt(6)  # between the entries of a list that stand apart
_DEEP = 24  # points that a list, a quotation steps in where no style does


def write(laid: Printed) -> bytes:
    """The file's bytes, the same for the same report."""
    document = docx.Document()
    styles.dress(document)
    _describe(document, laid)
    writing = _Writing(document)
    writing.anchored(writing.line(styles.HEADING.format(1), laid.title), TITLE)
    for detail in laid.details:
        writing.anchored(writing.line(styles.DETAIL, f"{detail.label}：{detail.text}"), detail.anchor)
    for part in laid.parts:
        writing.part(part)
    out = io.BytesIO()
    document.save(out)
    return _settled(out)


def _describe(document: Document, laid: Printed) -> None:
    about = document.core_properties
    about.title, about.subject = laid.title[:255], laid.id  # Word takes no more
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = _WHEN
    about.revision = 1
    package: Any = document.part.package
    for id_, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # a picture of the library's own empty page
            del package.rels[id_]


def _settled(packed: io.BytesIO) -> bytes:
    """The same file without the time it was packed at."""
    out = io.BytesIO()
    with ZipFile(packed) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, _WHEN.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()


class _Writing:
    """Adds to the end of a document; bookmarks are numbered as they come."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers = count()

    def part(self, part: Part) -> None:
        """A heading, the prose, the table; the anchor on the first of these, or on an empty line."""
        made: Iterator[WordParagraph] = self.words(part)
        first = next(made, None)
        if first or not part.bare:
            self.anchored(first or self.line(styles.BODY, ""), part.anchor)
        for _ in made:
            pass
        if part.sheet:
            start, end = self.bookmark(part.sheet.anchor)
            body: Any = self.document.element.body
            for element in (start, table(part.sheet, styles.width(self.document)), end):
                body.insert(len(body) - 1, element)  # before the last, which says what the paper is like
            self.line(styles.TABLE, "")  # Word makes one table of two that touch

    def words(self, part: Part) -> Iterator[WordParagraph]:
        if part.heading:
            yield self.line(styles.HEADING.format(2), part.heading)
        for paragraph in paragraphs(part.text):
            yield self.paragraph(paragraph)

    def line(self, style: str, text: str) -> WordParagraph:
        return self.document.add_paragraph(text, style)

    def paragraph(self, own: Paragraph) -> WordParagraph:
        made = self.document.add_paragraph(style=_style(own))
        beyond = max(own.depth - len(styles.ITEMS), 0) + max(own.quotes - (_style(own) == styles.QUOTE), 0)
        if beyond:
            already: Any = self.document.styles[_style(own)]
            indent = already.paragraph_format.left_indent or Pt(0)
            made.paragraph_format.left_indent = indent + Pt(_DEEP * beyond)
        if own.runs and own.runs[0].text.startswith(IDEOGRAPHIC_SPACE):
            made.paragraph_format.first_line_indent = Pt(0)  # it is printed
        if own.loose:
            made.paragraph_format.space_after = _APART
        if own.marker not in {"", BULLET}:
            made.add_run(f"{own.marker} ")
        for run in own.runs:
            self.run(made, run)
        return made

    def run(self, paragraph: WordParagraph, own: Run) -> None:
        made = paragraph.add_run(own.text)
        made.bold, made.italic = own.bold or None, own.italic or None
        if own.link.lower().startswith(("http://", "https://")):
            self.linked(paragraph, made, own.link)
        elif own.link:
            paragraph.add_run(f"（{own.link}）")

    def linked(self, paragraph: WordParagraph, run: WordRun, address: str) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(
            qn("r:id"), self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        )
        paragraph._p.append(link)  # noqa: SLF001  # the library has no links of its own
        link.append(run._r)  # noqa: SLF001
        run.underline = True

    def anchored(self, paragraph: WordParagraph, anchor: str) -> None:
        start, end = self.bookmark(anchor)
        element = paragraph._p  # noqa: SLF001  # nor bookmarks
        properties = element.pPr
        element.insert(0 if properties is None else 1, start)
        element.append(end)

    def bookmark(self, name: str) -> tuple[BaseOxmlElement, BaseOxmlElement]:
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        number = str(next(self.numbers))
        for element in (start, end):
            element.set(qn("w:id"), number)
        start.set(qn("w:name"), name)
        return start, end


def _style(own: Paragraph) -> str:
    if own.sort == "heading":
        return styles.HEADING.format(own.level)
    if own.sort == "rule":
        return styles.RULE
    if own.depth:
        depth = min(own.depth, len(styles.ITEMS)) - 1
        if own.sort == "item":
            return (styles.BULLETS if own.marker == BULLET else styles.ITEMS)[depth]
        return styles.FURTHER[depth]
    return styles.QUOTE if own.quotes else styles.BODY
