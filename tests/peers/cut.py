"""Cuts our built pages into the pieces a peer needs to make the same pages: shells, tables, notes.

A peer must not be handed finished pages, nor have to invent what is fixed. What differs from report to report is
handed over as data; what never differs, the theme's shell and the printed headings of a form's table, as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

_SHELL = re.compile(
    r'(.*<title>)[^<]*?( - [^<]*</title>\s*<meta name="description" content=")[^"]*(".*<main[^>]*>\s*)'
    r"<article.*</article>(.*)",
    re.DOTALL,
)
_SLOT = re.compile(r'<td id="\w+\.(\w+)\.(\w+)" data-state="\w+"[^>]*>.*?</td>')
_CLASS = re.compile(r' class="\w+"$')
_SECTION = re.compile(r'<section(?: class="\w+")? id="([\w-]+)"')
_BRIEF = re.compile(r'<section class="brief".*?</section>\n', re.DOTALL)
_PAST = re.compile(r'<section class="past".*?</section>\n', re.DOTALL)
_CITE = re.compile(r'<details class="cite">.*?</details>\n', re.DOTALL)
_MEANINGS = re.compile(r'<details class="meanings">.*?</details>\n', re.DOTALL)
_NOTE = re.compile(
    r'<li id="(note-\d+)" class="note note-(\w+)"(?: data-rule="([\w-]+)")? value="(\d+)">\s*'
    r'<span class="word">(.*?)</span> (.*?)。(?:<span class="reason">理由：(.*?)。</span>)?\s*'
    r'(?:<a class="rule"[^>]*>[^<]*</a>)?\s*(?:<a class="back" href="#([^"]*)">[^<]*</a>)?\s*</li>',
    re.DOTALL,
)


def shell(page: str) -> tuple[str, ...]:
    """The four pieces of a page's shell: before title, description and body, and after the body."""
    match = _SHELL.fullmatch(page)
    if not match:
        raise ValueError("the page has no title, description or article")
    return match.groups()


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one row of a form: what stands before them, how each begins, and their columns."""

    row: str
    before: str
    opens: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A form's table without its figures."""

    lines: tuple[Line, ...]
    after: str


def table(page: str, id_: str) -> str:
    """The sheet of one table as it stands on the page."""
    match = re.search(rf'<div class="sheet[^>]*>\s*<table id="{id_}">.*?</table>\s*</div>', page, re.DOTALL)
    if not match:
        raise ValueError(f"the page has no table {id_}")
    return match[0]


def is_plain(sheet: str) -> bool:
    """Whether nothing is printed otherwise than the form has it: such a sheet can serve as the form's blank."""
    return not any(f'class="{word}"' in sheet for word in ("marks", "supplied", "extra"))


def blank(sheet: str) -> Blank:
    """Take the figures out of a sheet."""
    lines: list[Line] = []
    end = 0
    for slot in _SLOT.finditer(sheet):
        row, column = slot[1], slot[2]
        opening = _CLASS.sub("", slot[0].partition(">")[0])
        opening = re.sub(r'data-state="\w+"', 'data-state="number"', opening)
        before, end = sheet[end : slot.start()], slot.end()
        if lines and lines[-1].row == row and not before:
            last = lines[-1]
            lines[-1] = Line(row, last.before, (*last.opens, opening), (*last.columns, column))
        else:
            lines.append(Line(row, before, (opening,), (column,)))
    return Blank(tuple(lines), sheet[end:])


def printed(sheet: str) -> dict[str, Any]:
    """What stands between the figures where it is not what the form has: few reports print something of their own."""
    own = blank(sheet)
    befores = {str(n): line.before for n, line in enumerate(own.lines) if not is_plain(line.before)}
    return {"befores": befores, "after": "" if is_plain(own.after) else own.after}


def classes(sheet: str) -> dict[str, str]:
    """How a nought and how any other number is marked, as far as the sheet has such figures."""
    cells = re.findall(
        r'<td id="[^>]* data-state="number"[^>]*?( class="(?!noted)\w+")?>(0|[1-9]\d*)</td>', sheet
    )
    return {"nil" if figure == "0" else "some": mark for mark, figure in cells}


def caption(sheet: str) -> str:
    """What stands over a table."""
    return sheet.partition("<caption")[2].partition("</caption>")[0].partition(">")[2]


def sections(page: str) -> dict[str, str]:
    """The page's sections by id."""
    starts = [*_SECTION.finditer(page)]
    ends = [*(start.start() for start in starts[1:]), len(page)]
    return {start[1]: page[start.start() : end] for start, end in zip(starts, ends, strict=True)}


def notes(piece: str) -> list[dict[str, str]]:
    """The archive's notes in a piece of a page."""
    names = ("id", "kind", "rule", "number", "word", "text", "reason", "target")
    return [
        {name: unescape(value or "") for name, value in zip(names, match.groups(), strict=True)}
        for match in _NOTE.finditer(piece)
    ]


def part(id_: str, piece: str) -> dict[str, Any]:
    """What a section of a report page shows beside its text and its table's figures."""
    above, *below = re.split(r'(?=<div class="sheet)', piece)
    under = "".join(below)
    heading = re.search(r"<h2[^>]*>(.*?)</h2>", piece)
    table_id = re.search(r'<table id="(\w+)">', under)
    return {
        "id": id_,
        "heading": unescape(heading[1]) if heading else "",
        "supplied": 'class="supplied">〔' in above,
        "official": found(r"格式规定的标题是“(.*?)”。", above),
        "absent": "原件这一部分没有文字。" in above,
        "table": table_id[1] if table_id else "",
        "notes": notes(above),
        "under": notes(under),
        "legend": [
            word
            for word, sign in (
                ("blank", "空白："),
                ("missing", "缺</span>："),
                ("unconfirmed", "待核</span>："),
            )
            if re.search(rf'"fine legend">.*{sign}', under)
        ],
        "balanced": found(r"本表有 (\d+) 项数量关系，把空白", under),
        "untried": found(r"本表有 (\d+) 项数量关系因", under),
    }


def ready(page: str) -> dict[str, str]:
    """What a peer is handed ready made beside the notes: summary, citations, what is known of the report's past."""
    cuts = (("brief", _BRIEF), ("cite", _CITE), ("past", _PAST))
    return {name: match[0] for name, cut in cuts if (match := cut.search(page))}


def article(page: str) -> str:
    """All of a page but the theme's shell."""
    return page[page.index("<article") : page.rindex("</article>") + len("</article>")]


def meanings(piece: str) -> str:
    """What a form's table means, which is the same on all its pages."""
    match = _MEANINGS.search(piece)
    return match[0] if match else ""


def found(pattern: str, text: str) -> str:
    """The first group of the first match as text, or nothing."""
    match = re.search(pattern, text)
    return unescape(match[1]) if match else ""


def title(page: str) -> str:
    """The page's main heading."""
    return found(r"<h1>(.*?)</h1>", page)


def description(page: str) -> str:
    """The page's description for search engines."""
    return found(r'<meta name="description" content="([^"]*)"', page)


def form(page: str) -> tuple[str, str]:
    """The form of a report: its name in addresses, and its name."""
    pattern = r'<dt>格式</dt><dd><a href="[./]*forms/{}/">{}</a>'
    return found(pattern.format(r"(\w+)", ".*?"), page), found(pattern.format(r"\w+", "(.*?)"), page)


def neighbour(rel: str, piece: str) -> list[str]:
    """The unit that the link to the previous or next report leads to: id and name; empty without one."""
    match = re.search(rf'units/([\w-]+)/\d+/" rel="{rel}">...：([^<]*)<', piece)
    return [match[1], unescape(match[2])] if match else []


def marks(sheet: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Number and kind of the notes that cells of a table bear, by row and column."""
    cells = re.findall(r'<td id="\w+\.(\w+)\.(\w+)"[^>]*class="noted">(.*?)</td>', sheet)
    return {
        (row, column): re.findall(r'href="#note-(\d+)" aria-label="(.*?)，', cell)
        for row, column, cell in cells
    }


def crumbs(page: str) -> list[list[str]]:
    """The divisions above a page that it links to: code and name, province first."""
    trail = page.partition('<nav class="crumbs"')[2].partition("</nav>")[0]
    links = re.findall(r'<li><a href="[./]*regions/(\d+)/">(.*?)</a></li>', trail)
    return [[code, unescape(name)] for code, name in links]
