"""Reads exported files back by other means than they were written: what stands where, as plain tuples."""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import html

from build_tools.printed.layout import Printed
from build_tools.printed.prose import Paragraph, Run, paragraphs
from build_tools.printed.sheet import Sheet

Boxes = set[tuple[int, int, int, int, str]]
"""Row, column, rows, columns, text of the cells of a table."""

_MARK = "nianbao_"


def boxes(sheet: Sheet) -> Boxes:
    """What a laid out table says of itself."""
    return {(b.row, b.column, b.rowspan, b.colspan, b.text) for b in sheet.boxes}


def tables(laid: Printed) -> dict[str, Boxes]:
    """The tables of a laid out report by anchor."""
    return {part.sheet.anchor: boxes(part.sheet) for part in laid.parts if part.sheet}


def told(paragraph: Paragraph) -> tuple[Any, ...]:
    """A paragraph as Word keeps it: lists no deeper than three, no quotation within a list."""
    depth = min(paragraph.depth, 3)
    quoted = bool(paragraph.quotes) and not depth and paragraph.sort == "text"
    plain = paragraph.sort in {"heading", "rule"}
    bullet = "" if paragraph.sort != "item" else paragraph.marker
    depth = 0 if plain else depth
    return paragraph.sort, paragraph.level, depth, quoted, bullet, paragraph.loose, paragraph.runs


def words(laid: Printed) -> list[tuple[str, str, list[tuple[Any, ...]]]]:
    """The parts of a laid out report: anchor, heading, paragraphs; without those of which Word shows nothing."""
    return [
        (part.anchor, part.heading, [told(p) for p in paragraphs(part.text)])
        for part in laid.parts
        if part.heading or not part.bare
    ]


# --- Word ---


class Word:
    """A Word file read back: `lines` (anchor, style, runs) and `tables` by anchor."""

    def __init__(self, data: bytes) -> None:
        self.document = docx.Document(io.BytesIO(data))
        self.lines: list[tuple[str, str, tuple[Run, ...]]] = []
        self.loose: list[bool] = []
        self.tables: dict[str, Boxes] = {}
        name = ""
        for element in self.document.element.body:
            if element.tag == qn("w:bookmarkStart"):
                name = element.get(qn("w:name"))
            elif element.tag == qn("w:tbl"):
                self.tables[name] = _word_boxes(element)
            elif element.tag == qn("w:p"):
                self.lines.append(self._line(element))

    def _line(self, element: Any) -> tuple[str, str, tuple[Run, ...]]:
        names = element.xpath("./w:bookmarkStart/@w:name")
        paragraph = WordParagraph(element, self.document)
        runs = tuple(self._runs(paragraph))
        style = paragraph.style
        self.loose.append(bool(paragraph.paragraph_format.space_after))
        return (names[0] if names else ""), (str(style.name) if style else ""), runs

    def _runs(self, paragraph: Any) -> Iterator[Run]:
        for piece in paragraph.iter_inner_content():
            inner = piece.runs if hasattr(piece, "runs") else [piece]
            link = piece.address if hasattr(piece, "runs") else ""
            yield from (Run(run.text, bool(run.bold), bool(run.italic), link) for run in inner)

    @property
    def title(self) -> str:
        """The first line."""
        return text(self.lines[0][2])

    def parts(self) -> list[tuple[str, str, list[tuple[Any, ...]]]]:
        """As `words` has them."""
        found: list[tuple[str, str, list[tuple[Any, ...]]]] = []
        details = {f"{_MARK}{name}" for name in ("title", "printed_unit", "published", "scope")}
        for (anchor, style, runs), loose in zip(self.lines, self.loose, strict=True):
            if anchor in details or (style == "Table Text" and not anchor):
                continue
            if anchor:
                found.append((anchor, "", []))
            if anchor and style == "Heading 2":
                found[-1] = (anchor, text(runs), [])
            elif runs or style != "Body Text":
                found[-1][2].append(_told(style, runs, loose=loose))
        return found


def text(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def _told(style: str, runs: tuple[Run, ...], *, loose: bool) -> tuple[Any, ...]:
    """As `told` has it; sorts and depths follow from the styles."""
    name, _, number = style.rpartition(" ") if style[-1].isdigit() else (style, "", "1")
    if name == "Heading":
        return "heading", int(number), 0, False, "", False, runs
    if style == "Rule":
        return "rule", 0, 0, False, "", False, runs
    if name == "List Continue":
        return "text", 0, int(number), False, "", False, runs
    if name == "List Bullet":
        return "item", 0, int(number), False, "-", loose, runs
    if name == "List":
        return "item", 0, int(number), False, runs[0].text.removesuffix(" "), loose, runs[1:]
    return "text", 0, 0, style == "Quote", "", False, runs


def _word_boxes(table: Any) -> Boxes:
    found: dict[tuple[int, int], tuple[int, int, str]] = {}
    open_: dict[int, tuple[int, int]] = {}
    for row, line in enumerate(table.iterchildren(qn("w:tr"))):
        column = 0
        for cell in line.iterchildren(qn("w:tc")):
            span = int((cell.xpath("./w:tcPr/w:gridSpan/@w:val") or ["1"])[0])
            merged = (cell.xpath("./w:tcPr/w:vMerge/@w:val") or [""])[0]
            words_ = "\n".join(WordParagraph(p, table).text for p in cell.xpath("./w:p"))
            if merged == "continue":
                at = open_[column]
                rows, columns, own = found[at]
                found[at] = rows + 1, columns, own
            else:
                found[row, column] = 1, span, words_
                open_[column] = (row, column)
            column += span
    return {(*at, *rest) for at, rest in found.items()}


# --- Excel ---


class Excel:
    """A workbook read back: `tables` by name, `names` of cells, `rows` of the first sheet."""

    def __init__(self, data: bytes) -> None:
        self.book: Any = openpyxl.load_workbook(io.BytesIO(data))
        self.names = {name: own.attr_text for name, own in self.book.defined_names.items()}
        self.rows = [list(row) for row in self.book["年报"].iter_rows(values_only=True)]
        self.tables = {
            name: _excel_boxes(self.book[place.split("!")[0].strip("'")])
            for name, place in self.names.items()
            if not place.startswith("'年报'")
        }

    def parts(self) -> list[tuple[str, str, str]]:
        """Anchor, heading and text of each part, which stand one below the other without a gap."""
        found: list[tuple[str, str, str]] = []
        heading = ""
        for name, first, last in sorted(self._words(), key=lambda one: one[1]):
            text_ = "\n\n".join(row[0] or "" for row in self.rows[first - 1 : last])
            if name.startswith(f"{_MARK}head_"):
                heading = text_
            elif name.startswith(f"{_MARK}bare_"):
                found.append((name, text_, ""))
            else:
                found.append((name, heading, text_))
                heading = ""
        return found

    def _words(self) -> Iterator[tuple[str, int, int]]:
        for name, place in self.names.items():
            if place.startswith("'年报'"):
                first, *last = re.findall(r"\$A\$(\d+)", place)
                yield name, int(first), int((last or [first])[0])

    def cells(self) -> Iterator[Any]:
        for sheet in self.book:
            for row in sheet.iter_rows():
                yield from row


def _excel_boxes(sheet: Any) -> Boxes:
    spans = {
        (r.min_row, r.min_col): (r.max_row - r.min_row + 1, r.max_col - r.min_col + 1)
        for r in sheet.merged_cells.ranges
    }
    found = set()
    for row in sheet.iter_rows():
        for cell in row:
            if type(cell).__name__ != "MergedCell":
                span = spans.get((cell.row, cell.column), (1, 1))
                found.add((cell.row - 1, cell.column - 1, *span, shown(cell)))
    return found


def shown(cell: Any) -> str:
    """What a cell shows: a number with as many digits behind the point as its format has."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value
    return f"{cell.value:.{len(cell.number_format.partition('.')[2])}f}"


# --- the web ---


class Web:
    """A web page read back."""

    def __init__(self, data: bytes) -> None:
        self.page: Any = html.document_fromstring(data.decode())
        self.tables = {table.get("id"): _web_boxes(table) for table in self.page.iter("table")}

    def parts(self) -> list[tuple[str, str, str]]:
        """Anchor, heading and prose, this without white space and markup."""
        return [
            (
                section.get("id"),
                "".join(h.text_content() for h in section.xpath("./h2")),
                squeezed("".join(p.text_content() for p in section.xpath("./div[@class='prose']"))),
            )
            for section in self.page.iter("section")
        ]


def squeezed(words_: str) -> str:
    return "".join(words_.split())


def _web_boxes(table: Any) -> Boxes:
    found: Boxes = set()
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iterchildren("th", "td"):
            while (row, column) in taken:
                column += 1
            rows, columns = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken.update((row + down, column + right) for down in range(rows) for right in range(columns))
            found.add((row, column, rows, columns, cell.text_content()))
    return found


# --- Markdown ---


def markdown(lines: Iterable[Paragraph]) -> str:
    """Paragraphs as Markdown, the plain way: for prose without what would have to be escaped."""
    out, last = "", None
    for line in lines:
        tight = last is not None and last.depth and line.sort == "item" and not line.loose
        out += ("\n" if tight else "\n\n") if last else ""
        indent = "   " * (line.depth - 1) if line.sort == "item" else ""
        before = {"heading": f"{'#' * line.level} ", "item": f"{line.marker} "}.get(line.sort, "")
        out += indent + before + "".join(map(_marked, line.runs))
        last = line
    return out


def _marked(run: Run) -> str:
    marked = f"**{run.text}**" if run.bold else run.text
    return f"[{marked}]({run.link})" if run.link else marked
