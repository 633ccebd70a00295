"""How a report is cited: by GB/T 7714—2025 and APA 7 for people, in BibTeX and RIS for programs.

Pure texts. Whatever a title holds, an entry stays one entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

ARCHIVE = "政府信息公开年报档案"
GENRE = "政府信息公开工作年度报告"
SHORT = 12
"""How many digits of a hash people are shown; programs get all."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_NAME = re.compile("[^0-9A-Za-z]+")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # \{ would still count as a brace
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "%&#$_"},
    }
)


@dataclass(frozen=True, slots=True)
class Cited:
    """What is known of a report for citing it. Dates are ISO texts, empty where unknown.

    `number` is its number in the archive; `version` the day its record was last changed; `sha256` that of the
    report file as transcribed; `address` that of its page, or the path to it where the site has no address.
    """

    author: str
    title: str
    year: int
    number: str
    address: str
    published: str = ""
    version: str = ""
    sha256: str = ""

    @property
    def published_on(self) -> tuple[str, str, str] | None:
        """The day it was published, where that is a date."""
        found = _DATE.fullmatch(self.published)
        return (found[1], found[2], found[3]) if found else None


def gbt7714(cited: Cited) -> str:
    """By GB/T 7714—2025, a report that is read online: full-width marks but for full stop and brackets.

    The day of access, which it asks for, only the reader knows; the page says so.
    """
    version = "，".join(
        part
        for part in (
            f"{cited.version}版" if cited.version else "",
            f"SHA-256 {cited.sha256[:SHORT]}" if cited.sha256 else "",
        )
        if part
    )
    where = f"{ARCHIVE}，{cited.published}" if cited.published_on else ARCHIVE
    parts = (_line(cited.author), f"{_line(cited.title)}[R/OL]", version, where, cited.address)
    return ". ".join(part for part in parts if part) + "."


def apa(cited: Cited) -> tuple[str, str, str]:
    """By APA 7: what stands before the title, the title, which is set in italics, and what stands behind."""
    when = "n.d."
    if on := cited.published_on:
        year, month, day = on
        when = f"{year}, {_MONTHS[int(month) - 1]} {int(day)}" if 1 <= int(month) <= len(_MONTHS) else year
    version = ", ".join(
        part
        for part in (
            f"Version {cited.version}" if cited.version else "",
            f"SHA-256 {cited.sha256[:SHORT]}" if cited.sha256 else "",
        )
        if part
    )
    behind = f" [Annual report on the disclosure of government information, {cited.year}]"
    behind += f" ({version}). " if version else ". "
    return f"{_line(cited.author)}. ({when}). ", _line(cited.title), f"{behind}{ARCHIVE}. {cited.address}"


def bibtex(cited: Cited) -> str:
    """As an entry for BibTeX and biblatex."""
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _bibtex(cited) if value)
    return f"@techreport{{nianbao-{_NAME.sub('-', cited.number)},\n{fields}}}\n"


def _bibtex(cited: Cited) -> Iterator[tuple[str, str]]:
    author = _tex(cited.author)
    yield "author", f"{{{author}}}"  # one name, not first and last
    yield "title", f"{{{_tex(cited.title)}}}"
    yield "institution", author
    yield "type", GENRE
    yield "number", _tex(cited.number)
    if on := cited.published_on:
        yield "year", on[0]
        yield "date", cited.published
    yield "version", cited.version
    yield "url", cited.address
    yield "note", f"{ARCHIVE}{f'，SHA-256 {cited.sha256}' if cited.sha256 else ''}"


def ris(cited: Cited) -> str:
    """As a record in RIS."""
    lines = (f"{tag}  - {value}" for tag, value in _ris(cited) if value)
    return "\n".join((*lines, "ER  - ", ""))


def _ris(cited: Cited) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT"
    yield "AU", _line(cited.author)
    yield "TI", _line(cited.title)
    if on := cited.published_on:
        yield "PY", on[0]
        yield "DA", "/".join(on)
    yield "ET", cited.version
    yield "M1", cited.number
    yield "M3", GENRE
    yield "DB", ARCHIVE
    yield "LA", "zh"
    yield "UR", cited.address
    yield "N1", f"SHA-256 {cited.sha256}" if cited.sha256 else ""


@lru_cache(maxsize=1024)  # each way of citing asks for author and title
def _tex(text: str) -> str:
    return _line(text).translate(_TEX)


@lru_cache(maxsize=1024)
def _line(text: str) -> str:
    """A text on one line, without characters that control."""
    return _CONTROL.sub("", " ".join(text.split()))
