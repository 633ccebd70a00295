"""The numbers that Word draws before paragraphs, written out as text: nobody typed them, but they are printed.

Only here, and where Word files are written, is python-docx.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

DIGITS = "〇一二三四五六七八九"
_PLACE = re.compile(r"%(\d)")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written (`%1.`), in which figures, from where on."""

    text: str
    figures: str
    start: int


def written_out(data: bytes) -> bytes:
    """The same .docx with its drawn numbers as text; bullets stay what they are."""
    document = docx.Document(io.BytesIO(data))
    levels = _levels(document)
    if not levels:
        return data
    styles = {style.style_id: style.element for style in document.styles}
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    for paragraph in document.element.body.iter(qn("w:p")):
        found = _numbered(paragraph, styles)
        if found and (level := levels.get(found)) and level.figures in FIGURES:
            _write(paragraph, _number(found, levels, counts[found[0]]))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


Place = tuple[str, int]
"""The id of a list and the level in it."""


def _levels(document: docx.document.Document) -> Mapping[Place, Level]:
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {e.get(qn("w:abstractNumId")): e for e in numbering.iter(qn("w:abstractNum"))}
    found: dict[Place, Level] = {}
    for number in numbering.iter(qn("w:num")):
        of = abstract.get(_value(number, "w:abstractNumId"))
        for level in of.iter(qn("w:lvl")) if of is not None else ():
            place = (number.get(qn("w:numId")), int(level.get(qn("w:ilvl"))))
            start = _value(level, "w:start")
            figures, text = _value(level, "w:numFmt"), _value(level, "w:lvlText")
            found[place] = Level(text, figures, int(start) if start.isdigit() else 1)
    return found


def _value(element: _Element, child: str) -> str:
    found = element.find(qn(child))
    return "" if found is None else found.get(qn("w:val")) or ""


def _numbered(paragraph: _Element, styles: Mapping[str, _Element]) -> Place | None:
    """The list and level that a paragraph, or its style, is numbered in."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        return None
    number = properties.find(qn("w:numPr"))
    if number is None:
        style = styles.get(_value(properties, "w:pStyle"))
        number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") if style is not None else None
    if number is None or not _value(number, "w:numId"):
        return None
    level = _value(number, "w:ilvl")
    return _value(number, "w:numId"), int(level) if level.isdigit() else 0


def _number(place: Place, levels: Mapping[Place, Level], counts: dict[int, int]) -> str:
    """Count on in a list and write its number."""
    id_, at = place
    counts[at] = counts.get(at, levels[place].start - 1) + 1
    for deeper in [level for level in counts if level > at]:
        del counts[deeper]

    def figure(match: re.Match[str]) -> str:
        upper = int(match[1]) - 1
        level = levels.get((id_, upper), levels[place])
        return FIGURES.get(level.figures, str)(counts.get(upper, level.start))

    return _PLACE.sub(figure, levels[place].text)


def _write(paragraph: _Element, number: str) -> None:
    """Put the number before the text, and take the paragraph out of its list."""
    properties = paragraph.find(qn("w:pPr"))
    for numbered in properties.findall(qn("w:numPr")):
        properties.remove(numbered)
    style = properties.find(qn("w:pStyle"))
    if style is not None and "list" in (style.get(qn("w:val")) or "").lower():
        properties.remove(style)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = number if number.endswith(("、", "）")) else f"{number} "
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(text)
    properties.addnext(run)


# --- figures -------------------------------------------------------------------------------------------


def chinese(number: int) -> str:
    """一 to 九十九 as they are counted; digit by digit beyond."""
    tens, ones = divmod(number, 10)
    if tens > 9 or number < 1:  # noqa: PLR2004 — two digits
        return "".join(DIGITS[int(digit)] for digit in str(number))
    ten = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return ten + (DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


FIGURES: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalFullWidth": str,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": chinese,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalEnclosedCircle": lambda number: chr(0x2460 + number - 1) if number <= 20 else str(number),  # noqa: PLR2004 — ⑳
}
"""How Word writes numbers, by the name that its files give to it."""
