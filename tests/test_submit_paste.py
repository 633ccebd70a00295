"""What is pasted or picked on the form page: put into the right cells by its labels, or left alone and told."""

import io
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest
from playwright.sync_api import Browser, Page
from xlsxwriter import Workbook

from build_tools.decode import decode
from build_tools.forms import official
from build_tools.model import Report, Table
from build_tools.render.drawing import draw
from build_tools.render.grid import Head, Slot
from build_tools.render.tables import grid
from build_tools.source import parse, plain
from tests.submitwork import raw, scripts

ROOT = Path(__file__).parent.parent
CASES = cast(
    "list[dict[str, Any]]", plain((ROOT / "tests/cases/submit/paste.yml").read_text(encoding="utf-8"))
)
REPORTS = sorted(
    [*ROOT.glob("reports/*/*/*/[12]*.yml"), *ROOT.glob("tests/miniature/reports/*/*/*/[12]*.yml")]
)
FIT = """({form, table, html, text}) => {
  const { paste, fitting } = nianbao.submit;
  const grids = html ? paste.fromHtml(html) : [paste.fromText(text, "\\t")];
  return grids.map((grid) => fitting.fit(tableOf(form, table), grid))[0];
}"""
READ = """async ({name, data}) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  try {
    return {grids: (await nianbao.submit.sheets.read(new File([bytes], name))).map((rows) => rows.map((row) => row.map(({raw}) => raw)))};
  } catch (error) { return {said: error.said || "", error: String(error)}; }
}"""
FILL = """async ({form, data}) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const told = nianbao.submit.fitting.all(forms.get(form), await nianbao.submit.sheets.read(new File([bytes], "a")));
  return {fills: Object.fromEntries(Object.entries(told.tables).map(([id, one]) => [id, one.fills])), problems: told.problems};
}"""

pytestmark = pytest.mark.xdist_group("submit-scripts")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with scripts(browser) as page:
        yield page


def read(path: Path) -> Report:
    report, problems = decode(
        parse(path.read_text(encoding="utf-8")), path.parent.name, int(path.stem), official()
    )
    assert report is not None, problems
    return report


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_pasted(page: Page, case: dict[str, Any]) -> None:
    """A case's cells are filled in, and what is not is told with what was seen."""
    asked = {key: case.get(key) for key in ("form", "table", "html", "text")}
    asked["text"] = (asked["text"] or "").replace("→", "\t")
    told = page.evaluate(FIT, asked)
    assert told["fills"] == case["fills"]
    assert told["labels"] == case.get("labels", {})
    wanted = case.get("problems", [])
    if wanted or not case.get("html"):
        assert len(told["problems"]) == len(wanted)
    for words, seen in zip(wanted, told["problems"], strict=False):
        assert words in seen
        assert "看到的是" in seen
    assert page.evaluate("self.ran") is None


def cells(table: Table) -> dict[str, list[str]]:
    return {id_: [raw(cell) for cell in row] for id_, row in table.rows.items()}


class Placed(NamedTuple):
    """A cell of a laid out table: where it begins, how far it reaches, what stands in it."""

    y: int
    x: int
    high: int
    wide: int
    text: str
    head: bool


def placed(table: Table) -> Iterator[Placed]:
    """The cells of a table in printed order."""
    taken: set[tuple[int, int]] = set()
    lines = [line for part in grid(table.form).parts for line in part.rows]
    for y, line in enumerate(lines):
        x = 0
        for cell in line:
            while (y, x) in taken:
                x += 1
            text = raw(table.rows[cell.row][cell.position]) if isinstance(cell, Slot) else cell.label
            yield Placed(y, x, cell.rowspan, cell.colspan, text, isinstance(cell, Head))
            taken |= {(y + dy, x + dx) for dy in range(cell.rowspan) for dx in range(cell.colspan)}


def as_text(table: Table) -> str:
    """The table as a spreadsheet copies it: a merged cell in its first place, nothing in the others."""
    texts = {(cell.y, cell.x): cell.text for cell in placed(table)}
    high, wide = max(y for y, _ in texts) + 1, grid(table.form).width
    return "\n".join("\t".join(texts.get((y, x), "") for x in range(wide)) for y in range(high))


def as_html(table: Table) -> str:
    """The table as it stands on the archive's own page, without what pages add to blank and lost cells."""
    rows: dict[int, str] = {}
    for cell in placed(table):
        tag = "th" if cell.head else "td"
        inside = f'<{tag} colspan="{cell.wide}" rowspan="{cell.high}">{escape(cell.text)}</{tag}>'
        rows[cell.y] = rows.get(cell.y, "") + inside
    return f"<table>{''.join(f'<tr>{inside}</tr>' for inside in rows.values())}</table>"


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: "-".join(path.relative_to(ROOT).parts))
def test_tables_of_real_reports(page: Page, path: Path) -> None:
    """Every cell of a report's tables comes back, from HTML and from text, where the headings are copied with it."""
    for table in read(path).tables.values():
        if not any(cell.value for row in table.rows.values() for cell in row):
            continue
        for asked in ({"html": as_html(table)}, {"text": as_text(table)}):
            told = page.evaluate(FIT, {"form": table.form_id, "table": table.form.id, **asked})
            assert told["fills"] == cells(table), (path, told["problems"])


def test_the_archives_own_page_can_be_copied(page: Page) -> None:
    """Figures copied from a report's page are those of the report."""
    report = read(ROOT / "reports/33/330411/330411103/2020.yml")
    table = report.tables["t3"]
    told = page.evaluate(FIT, {"form": "2019", "table": "t3", "html": str(draw(table, {}, ""))})
    assert told["fills"] == cells(table)


def test_a_block_of_figures(page: Page) -> None:
    """Only figures, dashes and blanks make a plain block; a label does not."""
    ask = "(texts) => texts.map((text) => nianbao.submit.fitting.plain(nianbao.submit.paste.fromText(text, '\\t')))"
    assert page.evaluate(ask, ["1\t0\n2\t-\n", "1,113\t+2\t缺", "规章\t1", "1\t详见附件"]) == [
        True,
        True,
        False,
        False,
    ]


# --- files -----------------------------------------------------------------------------------------------------


def packed(data: bytes) -> str:
    return b64encode(data).decode()


def workbook(tables: list[Table]) -> bytes:
    """A workbook as an office makes it: a sheet for each table, not in its corner, cells merged."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        for table in tables:
            sheet = book.add_worksheet(table.form.name)
            for cell in placed(table):
                y, x = cell.y + 2, cell.x + 1
                if cell.high * cell.wide > 1:
                    sheet.merge_range(y, x, y + cell.high - 1, x + cell.wide - 1, "")
                if cell.text.isdecimal():
                    sheet.write_number(y, x, int(cell.text))
                else:
                    sheet.write_string(y, x, cell.text)
    return out.getvalue()


def test_a_workbook(page: Page) -> None:
    """All three tables of a workbook come in at once."""
    report = read(ROOT / "reports/37/371581/371581113/2020.yml")
    told = page.evaluate(
        FILL, {"form": report.form.id, "data": packed(workbook(list(report.tables.values())))}
    )
    filled = {
        id_: cells(table)
        for id_, table in report.tables.items()
        if any(c.value for r in table.rows.values() for c in r)
    }
    assert {id_: told["fills"].get(id_) for id_ in filled} == filled
    assert told["problems"] == []


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'
BOMB = b"<!DOCTYPE a [<!ENTITY b 'cc'>]>" + SHEET % b""
HOSTILE = {
    "a zip bomb": (zipped({"xl/worksheets/sheet1.xml": b" " * 40_000_000}), "太大"),
    "entities": (zipped({"xl/worksheets/sheet1.xml": BOMB}), "不该有的声明"),
    "half a file": (zipped({"xl/worksheets/sheet1.xml": SHEET % b""})[:-30], "不是完整"),
    "no workbook": (zipped({"word/document.xml": b"<a/>"}), "不是 Excel"),
    "no XML": (zipped({"xl/worksheets/sheet1.xml": b"<a>"}), "坏了"),
    "a far cell": (
        zipped(
            {
                "xl/worksheets/sheet1.xml": SHEET
                % b'<row><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'
            }
        ),
        "太大",
    ),
    "an old file": (b"\xd0\xcf\x11\xe0" + b"0" * 100, "旧式"),
    "a PDF": (b"%PDF-1.7", "PDF"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file(page: Page, name: str) -> None:
    """What is no table, or too much of one, is refused with a word for people."""
    data, words = HOSTILE[name]
    assert words in page.evaluate(READ, {"name": "a.xlsx", "data": packed(data)}).get("said", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_many_encodings(page: Page, encoding: str) -> None:
    """Commas or tabs, as spreadsheets save them."""
    data = '行政许可,35\r\n"规章, 等","1,113"\r\n'.encode(encoding)
    told = page.evaluate(READ, {"name": "a.csv", "data": packed(data)})
    assert told["grids"] == [[["行政许可", "35"], ["规章, 等", "1,113"]]]
