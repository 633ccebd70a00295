"""Ways in which reports are written down: a sample -> the bytes of a file and its name.

`SEPARATED` keep every cell apart from its neighbours, so nearly all must be read; of the others nothing may be read
wrongly, and little need be read at all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

import docx
import openpyxl

from tests.importsamples import C, Sample, Sheet
from tests.synthetic_words import Dice

Layout = Callable[[Sample, Dice], tuple[bytes, str]]
Rows = list[list[str]]


# --- a sheet's cells as rows of text ---------------------------------------------------------------------


def rectangle(sheet: Sheet, *, repeat: bool = False) -> Rows:
    """All rows with all columns; what a cell reaches over is empty, or says the same again."""
    width = max(sheet.width, 1)
    taken: dict[tuple[int, int], str] = {}
    for y, row in enumerate(sheet.rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            for dy in range(cell.high):
                for dx in range(cell.wide):
                    taken[y + dy, x + dx] = cell.text if repeat or not (dx or dy) else ""
            x += cell.wide
            width = max(width, x)
    return [[taken.get((y, x), "") for x in range(width)] for y in range(len(sheet.rows))]


def repeated(sheet: Sheet) -> Rows:
    """All rows with all columns, merged cells said again."""
    return rectangle(sheet, repeat=True)


def begun(sheet: Sheet) -> Rows:
    """Each row's own cells: stub columns that began above are not there."""
    return [[cell.text for cell in row] for row in sheet.rows]


def _text(sample: Sample, table: Callable[[Sheet], str], gap: str = "\n\n") -> tuple[bytes, str]:
    parts = [sample.title, *sample.intro.split("\n")]
    for heading, prose, sheet in sample.parts:
        parts.append(heading)
        if prose:
            parts += prose.split("\n")
        if sheet:
            parts.append(table(sheet))
    return gap.join(parts).encode(), "report.txt"


def _lines(rows: Rows, join: Callable[[list[str]], str]) -> str:
    return "\n".join(join(row) for row in rows)


# --- text with separators --------------------------------------------------------------------------------


def pipe(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Rows with bars between their cells, as scrapers write them."""
    lead, trail = dice.pick((("", ""), ("| ", " |"), ("", " |"), ("|", "|")))
    rows = dice.pick((begun, rectangle, repeated))
    mid = dice.pick((" | ", "|", " |"))
    return _text(
        sample, lambda s: _lines(rows(s), lambda r: lead + mid.join(r) + trail), dice.pick(("\n", "\n\n"))
    )


def markdown(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Markdown tables."""
    rows = dice.pick((rectangle, repeated))

    def table(sheet: Sheet) -> str:
        lines = ["| " + " | ".join(row) + " |" for row in rows(sheet)]
        lines.insert(1, "|" + "---|" * len(rows(sheet)[0]))
        return "\n".join(lines)

    return _text(sample, table)[0], "report.md"


def markdown_each(sample: Sample, _: Dice) -> tuple[bytes, str]:
    """A Markdown table for each row."""

    def table(sheet: Sheet) -> str:
        return "\n\n".join("| " + " | ".join(row) + " |\n|" + "---|" * len(row) for row in rectangle(sheet))

    return _text(sample, table)[0], "report.md"


def tsv(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Tabs between cells."""
    rows = dice.pick((begun, rectangle, repeated))
    return _text(sample, lambda s: _lines(rows(s), "\t".join), dice.pick(("\n", "\n\n")))


def tsv_torn(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Tabs; stub columns missing here and there, tabs too many at the ends."""

    def line(row: list[str], stubs: int) -> str:
        gone = sum(not text and dice.rare(2) for text in row[:stubs])
        return "\t".join(row[gone:] if not any(row[:gone]) else row) + "\t" * dice.below(3)

    return _text(sample, lambda s: "\n".join(line(row, s.stubs) for row in rectangle(s)), "\n")


def cells_on_lines(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Every cell on a line of its own, blank lines between; an empty cell is one more blank line."""
    gap = dice.pick(("\n\n", "\n\n", "\n\n\n", "\n"))
    rows = begun
    return _text(sample, lambda s: gap.join(cell for row in rows(s) for cell in row), gap)


def cells_on_lines_dropped(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """The same, empty cells dropped."""
    gap = dice.pick(("\n\n", "\n\n\n", "\n"))
    return _text(sample, lambda s: gap.join(c for row in begun(s) for c in row if c), gap)


def pipe_newline(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """A bar and a line break after every cell."""
    blank = dice.pick(("", "\n"))
    return _text(sample, lambda s: "\n".join(f"{cell} |{blank}" for row in begun(s) for cell in row), "\n\n")


def bar_alone(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Bars on lines of their own between the cells of a row."""
    bar = dice.pick(("\n|\n", "\n\n|\n\n"))
    end = dice.pick(("\n", "\n\n"))
    return _text(sample, lambda s: end.join(bar.join(row) for row in begun(s)), "\n\n")


def pipe_mixed(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Bars, with line breaks within a row here and there."""

    def line(row: list[str]) -> str:
        return "".join(cell + (" |\n" if dice.rare(4) else " | ") for cell in row)

    return _text(sample, lambda s: _lines(begun(s), line), "\n\n")


def spaced(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Spaces between cells, as copied from a PDF."""
    mid = dice.pick((" ", "  ", "　"))
    return _text(sample, lambda s: _lines(begun(s), mid.join), "\n")


# --- text without ----------------------------------------------------------------------------------------


def glued(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Nothing between cells; rows on lines, or not even that."""
    end = dice.pick(("\n", "\n\n", ""))
    return _text(sample, lambda s: end.join("".join(row) for row in begun(s)), "\n\n")


def glued_partly(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """A space between some cells."""

    def line(row: list[str]) -> str:
        return "".join(cell + (" " if dice.rare(3) else "") for cell in row)

    end = dice.pick(("\n", "\n\n", ""))
    return _text(sample, lambda s: end.join(line(row) for row in begun(s)), "\n\n")


def dropped(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Every line that stood before is dropped, as a scraper does."""
    data, name = dice.pick((cells_on_lines, pipe, tsv, spaced))(sample, dice)
    return "\n\n".join(dict.fromkeys(data.decode().split("\n"))).encode(), name


def dropped_next(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """A line that equals the one before it is dropped."""
    data, name = cells_on_lines_dropped(sample, dice)
    lines = data.decode().split("\n")
    kept = [a for a, b in zip(lines, ["", *lines], strict=False) if a != b or not a]
    return "\n".join(kept).encode(), name


def torn_labels(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Text of a PDF: labels broken over lines, figures before, between or behind the pieces."""

    def piece(row: Sequence[C]) -> Iterator[str]:
        label = "".join(c.text for c in row if c.head)
        figures = " ".join(c.text for c in row if not c.head and c.text)
        if len(label) < 8 or not figures or dice.rare(2):
            yield f"{label} {figures}".strip()
            return
        cut = 3 + dice.below(len(label) - 5)
        where = dice.below(3)
        if where == 0:
            yield from (figures, label[:cut], label[cut:])
        elif where == 1:
            yield from (label[:cut], figures, label[cut:])
        else:
            yield from (label[:cut], f"{label[cut:]} {figures}")

    return _text(sample, lambda s: "\n".join(line for row in s.rows for line in piece(row)), "\n")


def shuffled(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Text of a PDF, the figures column by column behind all the labels."""

    def table(sheet: Sheet) -> str:
        heads = [cell.text for row in sheet.rows for cell in row if cell.head]
        rows = [[c.text for c in row if not c.head] for row in sheet.rows]
        columns = [" ".join(row[i] for row in rows if i < len(row)) for i in range(sheet.width)]
        return "\n".join([*heads, *(c for c in columns if c)] if dice.rare(2) else [*columns, *heads])

    return _text(sample, table, "\n")


# --- web pages -------------------------------------------------------------------------------------------


def _table(sheet: Sheet, cell: Callable[[str], str], *, spans: bool = True) -> str:
    rows = []
    for row in sheet.rows if spans else ():
        cells = []
        for c in row:
            wide = f' colspan="{c.wide}"' if c.wide > 1 else ""
            high = f' rowspan="{c.high}"' if c.high > 1 else ""
            cells.append(f"<td{wide}{high}>{cell(c.text)}</td>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return "<table>" + "\n".join(rows) + "</table>"


def _page(sample: Sample, table: Callable[[Sheet], str], para: Callable[[str], str] = escape) -> str:
    parts = [f"<h1>{para(sample.title)}</h1>", *(f"<p>{para(t)}</p>" for t in sample.intro.split("\n"))]
    for heading, prose, sheet in sample.parts:
        parts.append(f"<h2>{para(heading)}</h2>")
        parts += [f"<p>{para(t)}</p>" for t in prose.split("\n") if t]
        if sheet:
            parts.append(table(sheet))
    return "\n".join(parts)


def html(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Tables with spans."""
    cell = dice.pick(
        (escape, lambda t: f"<p>{escape(t)}</p>", lambda t: f"<p>{escape(t)}</p>\n<p>&nbsp;</p>")
    )
    return f"<html><body>{_page(sample, lambda s: _table(s, cell))}</body></html>".encode(), "report.html"


def html_word(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """As pasted from Word: every text cut in spans, figures too."""

    def cut(text: str) -> str:
        pieces = []
        while text:
            n = 1 + dice.below(4)
            pieces.append(f'<span style="font-family:宋体" lang="EN-US">{escape(text[:n])}</span>')
            text = text[n:]
        return "<o:p></o:p>".join(pieces)

    page = _page(sample, lambda s: _table(s, lambda t: f'<p class="MsoNormal"><b>{cut(t)}</b></p>'), cut)
    return f"<html xmlns:o='urn:x'><body>{page}</body></html>".encode(), "report.html"


def html_nested(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """The page laid out in tables, each table of the report in one more."""
    page = _page(sample, lambda s: f"<table><tr><td>{_table(s, escape)}</td></tr></table>")
    page = f"<table><tr><td>{page}</td></tr></table>"
    if dice.rare(2):
        page = (
            f"<table><tr><td>导航</td><td>首页</td></tr><tr><td><ul><li>规章</li><li>政策</li></ul></td><td>{page}</td></tr>"
            "<tr><td>版权所有</td><td>备案号</td></tr></table>"
        )
    return f"<html><body>{page}</body></html>".encode(), "report.html"


def html_page(sample: Sample, _: Dice) -> tuple[bytes, str]:
    """A whole page with navigation and a list of other reports."""
    nav = "".join(
        f"<li><a href='#'>{t}</a></li>" for t in ("首页", "政务公开", "规章", "行政许可", "行政处罚")
    )
    others = "".join(
        f"<li><a>油车港镇{y}年政府信息公开工作年度报告</a><span>{y}-01-20</span></li>"
        for y in range(2016, 2025)
    )
    page = (
        f"<html><head><title>{sample.title}_某某政府</title><meta name='ArticleTitle' content='{sample.title}'>"
        f"<script>var a = '<table><tr><td>规章</td><td>9</td></tr></table>';</script></head><body><div id='top'><ul>{nav}</ul>"
        "<table><tr><td>今日访问</td><td>123</td></tr></table></div>"
        f"<div class='main'><div class='left'><ul>{others}</ul></div><div class='content'>"
        f"{_page(sample, lambda s: _table(s, escape))}</div></div><div>主办：某某政府　网站标识码：3304110001</div></body></html>"
    )
    return page.encode(), "report.html"


def html_divs(sample: Sample, _: Dice) -> tuple[bytes, str]:
    """Tables made of div elements, a cell each."""

    def table(sheet: Sheet) -> str:
        return "".join(
            f"<div class='r'>{''.join(f'<div>{escape(c)}</div>' for c in row)}</div>" for row in begun(sheet)
        )

    return f"<html><body>{_page(sample, table)}</body></html>".encode(), "report.html"


# --- office files ----------------------------------------------------------------------------------------


def _word(sample: Sample, pieces: Callable[[Sheet], list[Sheet]]) -> tuple[bytes, str]:
    document = docx.Document()
    document.add_paragraph(sample.title)
    for text in sample.intro.split("\n"):
        document.add_paragraph(text)
    for heading, prose, sheet in sample.parts:
        document.add_paragraph(heading)
        for text in prose.split("\n"):
            if text:
                document.add_paragraph(text)
        for piece in pieces(sheet) if sheet else ():
            table = document.add_table(rows=len(piece.rows), cols=piece.width)
            for y, x, cell in placed(piece):
                at = table.cell(y, x)
                if cell.wide > 1 or cell.high > 1:
                    at = at.merge(table.cell(y + cell.high - 1, x + cell.wide - 1))
                at.text = cell.text
            document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue(), "report.docx"


def placed(sheet: Sheet) -> Iterator[tuple[int, int, C]]:
    """The cells with their row and column; none reaches below the last row."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(sheet.rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            high = min(cell.high, len(sheet.rows) - y)
            taken |= {(y + dy, x + dx) for dy in range(high) for dx in range(cell.wide)}
            yield y, x, C(cell.text, cell.wide, high, cell.slot, cell.head)
            x += cell.wide


def word(sample: Sample, _: Dice) -> tuple[bytes, str]:
    """Word with cells merged both ways."""
    return _word(sample, lambda s: [s])


def halves(sheet: Sheet, dice: Dice, *, again: bool) -> list[Sheet]:
    """A sheet cut in two at a page, its headings printed `again` or not; labels that reach over the cut come twice."""
    heads = next((i for i, row in enumerate(sheet.rows) if any(c.slot for c in row)), 0)
    if sheet.width != sheet.stubs + 7 or len(sheet.rows) < heads + 6:
        return [sheet]
    cut = heads + 3 + dice.below(len(sheet.rows) - heads - 4)
    above: list[list[C]] = [[] for _ in range(cut)]
    below: list[list[C]] = [[] for _ in range(len(sheet.rows) - cut)]
    for y, _, cell in placed(sheet):
        if y + cell.high <= cut:
            above[y].append(cell)
        elif y >= cut:
            below[y - cut].append(cell)
        else:
            above[y].append(C(cell.text, cell.wide, cut - y, cell.slot, cell.head))
            below[0].append(C(cell.text, cell.wide, y + cell.high - cut, cell.slot, cell.head))
    first = [tuple(row) for row in above]
    second = [*(first[:heads] if again else ()), *(tuple(row) for row in below)]
    return [
        Sheet(sheet.id, tuple(first), sheet.stubs, sheet.width),
        Sheet(sheet.id, tuple(second), sheet.stubs, sheet.width),
    ]


def word_split(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Word, table 3 cut in two at a page."""
    again = dice.rare(2)
    return _word(sample, lambda s: halves(s, dice, again=again))


def excel(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """Excel: one sheet, or one for each table; figures as numbers or as text."""
    numbers = dice.rare(2)
    one = dice.rare(2)
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for at, text in enumerate((sample.title, *sample.intro.split("\n")), 1):
        page.cell(at, 1, text)
    for heading, prose, sheet in sample.parts:
        if sheet and not one:
            page, at = book.create_sheet(sheet.id), 0
        at += 1
        page.cell(at, 1, heading)
        if prose:
            at += 1
            page.cell(at, 1, prose)
        if sheet is None:
            continue
        for y, x, cell in placed(sheet):
            value: object = cell.text
            if (
                cell.slot
                and numbers
                and cell.text.isascii()
                and cell.text.isdigit()
                and str(int(cell.text)) == cell.text
            ):
                value = int(cell.text)
            target = page.cell(at + 1 + y, x + 1)
            target.value = None if value == "" else value
            if isinstance(value, str) and value:
                target.data_type = "s"
            if cell.wide > 1 or cell.high > 1:
                page.merge_cells(
                    start_row=at + 1 + y,
                    start_column=x + 1,
                    end_row=at + y + cell.high,
                    end_column=x + cell.wide,
                )
        at += len(sheet.rows) + 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "report.xlsx"


def comma(sample: Sample, dice: Dice) -> tuple[bytes, str]:
    """CSV of the tables, one below the other."""
    out = io.StringIO()
    writer = csv.writer(out)
    rows = dice.pick((rectangle, repeated))
    writer.writerow([sample.title])
    for heading, _, sheet in sample.parts:
        if sheet:
            writer.writerow([heading])
            writer.writerows(rows(sheet))
    return out.getvalue().encode(dice.pick(("utf-8", "utf-8-sig", "gb18030"))), "report.csv"


SEPARATED: Mapping[str, Layout] = {
    f.__name__: f
    for f in (
        *(
            pipe,
            markdown,
            markdown_each,
            tsv,
            cells_on_lines,
            cells_on_lines_dropped,
            pipe_newline,
            pipe_mixed,
        ),
        *(spaced, html, html_word, html_nested, html_page, word, word_split, excel, comma),
    )
}
LOSING: Mapping[str, Layout] = {
    f.__name__: f
    for f in (
        tsv_torn,
        bar_alone,
        glued,
        glued_partly,
        dropped,
        dropped_next,
        torn_labels,
        shuffled,
        html_divs,
    )
}
