"""How the Word file looks: paper, fonts, headings, lists, tables, as official documents are set."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

TABLE, RULE = "Table Text", "Rule"
"""Styles that Word has not."""

HEADING, BODY, DETAIL, QUOTE = "Heading {}", "Body Text", "Subtitle", "Quote"
BULLETS, ITEMS, FURTHER = (
    tuple(f"{name}{number}" for number in ("", " 2", " 3"))
    for name in ("List Bullet", "List", "List Continue")
)
"""Styles by the depth of a list: its items with bullets, with printed numbers, and what follows in an item."""

_LATIN, _SONG, _FANGSONG, _HEI = "Times New Roman", "宋体", "仿宋", "黑体"
_ALSO = {_SONG: "SimSun", _FANGSONG: "FangSong", _HEI: "SimHei"}
"""What the same fonts are called elsewhere."""

_BODY_SIZE, _TITLE_SIZE, _TABLE_SIZE = Pt(16), Pt(22), Pt(10.5)  # 三号, 二号, 五号
_LINE = Pt(28)
_INDENT = Pt(32)  # two characters of the text
_TOP, _SIDE = Cm(2.54), Cm(1.9)  # as narrow as 表三 needs


def dress(document: Document) -> None:
    """Give the library's empty document the paper and the styles of an official one."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = _TOP
    section.left_margin = section.right_margin = _SIDE
    normal = _style(document, "Normal", _FANGSONG)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = _LINE
    _headings(document)
    _paragraphs(document)
    _speak_chinese(document)
    _name_fonts(document)


def width(document: Document) -> int:
    """The width of the text in twentieths of a point."""
    section = document.sections[0]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    return room // Pt(1) * 20


def _headings(document: Document) -> None:
    for level in range(1, 7):
        style = _style(document, HEADING.format(level), _SONG if level == 1 else _HEI)
        style.font.bold = level in {1, 4, 5, 6}
        style.font.size = _TITLE_SIZE if level == 1 else _BODY_SIZE
        style.paragraph_format.space_before = Pt(0 if level == 1 else 10)
        style.paragraph_format.space_after = Pt(16 if level == 1 else 0)
        if level == 1:
            style.paragraph_format.line_spacing = Pt(36)
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _paragraphs(document: Document) -> None:
    body = _style(document, BODY, _FANGSONG)
    body.paragraph_format.first_line_indent = _INDENT
    body.paragraph_format.space_after = Pt(0)
    _style(document, DETAIL, _FANGSONG).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _style(document, QUOTE, _FANGSONG).paragraph_format.left_indent = _INDENT
    for depth in range(3):
        for name in (BULLETS[depth], ITEMS[depth], FURTHER[depth]):
            style = _style(document, name, _FANGSONG)
            for close in list(
                style.element.iter(qn("w:contextualSpacing"))
            ):  # would keep loose entries together
                close.getparent().remove(close)
            form = style.paragraph_format
            form.left_indent = _INDENT * (depth + 1)
            form.first_line_indent = Pt(0) if name == FURTHER[depth] else -_INDENT // 2
            form.space_after = Pt(0)
    table = _style(document, TABLE, _SONG)
    table.font.size = _TABLE_SIZE
    table.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    table.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _style(document, RULE, _FANGSONG).element.get_or_add_pPr().append(_line_below())


def _style(document: Document, name: str, font: str) -> ParagraphStyle:
    """A paragraph style, the library's or a new one, in black letters of a Chinese and a Latin font."""
    styles = document.styles
    style: Any = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name, style.font.size, style.font.italic = _LATIN, _BODY_SIZE, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)
    return style  # type: ignore[no-any-return]


def _line_below() -> BaseOxmlElement:
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in {"val": "single", "sz": "4", "space": "1", "color": "auto"}.items():
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    return borders


def _speak_chinese(document: Document) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _name_fonts(document: Document) -> None:
    """What else to look for where a computer has no font of this name; the list of fonts is the place for that."""
    part: Any = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/fontTable"))
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{also}"/></w:font>' for name, also in _ALSO.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{fonts}</w:fonts>".encode())  # noqa: SLF001  # has no setter
