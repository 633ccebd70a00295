"""Exported files: every cell and every word of a report at its place, in all forms; nothing runs, nothing is lost."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from lxml import etree
from playwright.sync_api import Browser

from build_tools.decode import decode
from build_tools.decode.cells import read_cell
from build_tools.files import UnreadableError
from build_tools.forms import official
from build_tools.model import ExtraRow, Report, Section, State, Table
from build_tools.printed import FORMATS
from build_tools.printed.excel import LONGEST
from build_tools.printed.layout import printed
from build_tools.printed.making import LibraryError, UnprintableError, write, writer
from build_tools.printed.prose import Paragraph, Run, paragraphs
from build_tools.source import parse
from tests import printedwork as read
from tests.casework import base, yaml_text
from tests.strategies import any_report

ROOT = Path(__file__).parent.parent
FILES = sorted((*ROOT.glob("reports/*/*/*/2*.yml"), *ROOT.glob("tests/miniature/reports/*/*/*/2*.yml")))
_IDS = [path.relative_to(ROOT).as_posix() for path in FILES]
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://a","b")',
    "http://a.b/",
    "＝1",
)


def report(path: Path) -> Report:
    found, problems = decode(
        parse(path.read_text(encoding="utf-8")), path.parent.name, int(path.stem), official()
    )
    assert found, problems
    return found


def made(form: str = "2021", *sections: tuple[str, str], **other: object) -> Report:
    """A report with noughts in its tables."""
    text = yaml_text({**base(official()[form], 2021), "来源": {"文件": "~"}})
    found, problems = decode(parse(text), "330411103", 2021, official())
    assert found, problems
    own = tuple(Section(id_, "", words, ()) for id_, words in sections)
    return replace(found, sections=own or found.sections, **other)  # type: ignore[arg-type]


def with_cell(own: Report, table: str, row: str, text: str) -> Report:
    """The report with another text in the first cell of a row."""
    old = own.tables[table]
    column = old.form.lines[row].columns[0]
    cells = (read_cell(text, column, plain=False), *old.rows[row][1:])
    new = replace(old, rows=MappingProxyType({**old.rows, row: cells}))
    return replace(own, tables=MappingProxyType({**own.tables, table: new}))


# --- what stands where ---


@pytest.mark.parametrize("path", FILES, ids=_IDS)
@pytest.mark.parametrize("ending", FORMATS)
def test_real_reports(path: Path, ending: str) -> None:
    _check(report(path), ending)


@pytest.mark.parametrize("ending", FORMATS)
@settings(max_examples=40)
@given(any_report())
def test_any_report(ending: str, own: Report) -> None:
    """Whatever reading can give, in any form or two, comes back to the letter."""
    _check(own, ending)


def _check(own: Report, ending: str) -> None:
    laid, data = printed(own), write(own, ending)
    assert data == write(own, ending)
    assert _cells(own) <= _texts(laid_tables := read.tables(laid))
    if ending == "docx":
        word = read.Word(data)
        assert (word.title, word.tables) == (own.title, laid_tables)
        assert word.parts() == read.words(laid)
    elif ending == "xlsx":
        excel = read.Excel(data)
        assert (excel.rows[0][0], excel.tables) == (own.title, laid_tables)
        details = [(d.anchor, "", f"{d.label}：{d.text}") for d in laid.details]
        parts = [(p.anchor, p.heading, p.text) for p in laid.parts if p.heading or not p.bare]
        assert excel.parts() == [("nianbao_title", "", own.title), *details, *parts]
    else:
        web = read.Web(data)
        (title,) = web.page.iter("h1") if not _has_h1(own) else [next(web.page.iter("h1"))]
        assert (title.text_content(), web.tables) == (own.title, laid_tables)
        assert web.parts() == [(p.anchor, p.heading, _words(p.text)) for p in laid.parts]


def _words(text: str) -> str:
    return read.squeezed("".join(read.text(paragraph.runs) for paragraph in paragraphs(text)))


def _has_h1(own: Report) -> bool:
    return any(p.level == 1 for section in own.sections for p in paragraphs(section.text))


def _cells(own: Report) -> set[str]:
    return {
        "缺" if spot.cell.state is State.MISSING else spot.cell.raw
        for table in own.tables.values()
        for spot in table.spots()
    }


def _texts(tables: dict[str, read.Boxes]) -> set[str]:
    return {box[4] for boxes in tables.values() for box in boxes}


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
def test_a_table_fills_its_rectangle(form: str) -> None:
    """No place is left out, none taken twice; each figure stands once."""
    for part in printed(made(form)).parts:
        if part.sheet:
            places = [
                (box.row + down, box.column + right)
                for box in part.sheet.boxes
                for down in range(box.rowspan)
                for right in range(box.colspan)
            ]
            assert len(places) == len(set(places)) == part.sheet.height * len(part.sheet.widths)


def test_as_the_official_form(root: Path) -> None:
    """The tables of the form of 2021, with their merged cells, row by row as the official Word file has them."""
    expected = (root / "tests/cases/official_2021.txt").read_text(encoding="utf-8").splitlines()
    laid = [part.sheet for part in printed(made("2021")).parts if part.sheet]
    found = [
        " | ".join(f"{box.text if box.sort != 'figure' else ''}:{box.colspan}x{box.rowspan}" for box in row)
        for sheet in laid
        for row in sheet.rows()
    ]
    assert found == expected


# --- what is printed otherwise ---


def test_headings_and_labels_as_printed() -> None:
    own = made(
        "2021",
        ("overview", "总"),
        ("problems", "问"),
        headings={"总体情况": "概述", "存在的主要问题及改进情况": None, "其他需要报告的事项": "六、附"},
    )
    laid = printed(own)
    headings = [(part.anchor, part.heading) for part in laid.parts]
    assert headings[0] == ("nianbao_overview", "一、概述")
    assert headings[-2:] == [("nianbao_problems", ""), ("nianbao_bare_other", "六、附")]
    assert read.Word(write(own, "docx")).parts() == read.words(laid)

    table = own.tables["t3"]
    table = replace(table, labels={"自然人": "个人", "总计": None}, extra=(ExtraRow("另", ("1", "")),))
    (boxes,) = (b for n, b in read.tables(printed(replace(own, tables={"t3": table}))).items() if "t3" in n)
    assert (1, 3, 2, 1, "个人") in boxes
    assert (1, 9, 2, 1, "") in boxes
    assert {(28, 0, 1, 3, "另"), (28, 3, 1, 1, "1"), (28, 4, 1, 6, "")} <= boxes


@pytest.mark.parametrize("count", [0, 1, 6, 7, 8, 15])
def test_extra_rows_keep_how_many_figures_they_have(count: int) -> None:
    own = made()
    values = tuple(map(str, range(count)))
    table = replace(own.tables["t3"], extra=(ExtraRow("另", values), ExtraRow("又", ("9",))))
    own = replace(own, tables=MappingProxyType({**own.tables, "t3": table}))
    sheet = next(part.sheet for part in printed(own).parts if part.sheet and part.sheet.name == "表三")
    last = max(box.row for box in sheet.boxes)
    label = next(box for box in sheet.boxes if box.text == "另")
    figures = [box.text for box in sheet.boxes if box.row >= 28 and box.row < last and box.sort == "figure"]
    assert figures == list(values)
    assert (label.colspan == 10) == (count == 0)
    _check(own, "docx")


def test_blank_missing_and_odd_cells() -> None:
    """Blank stays blank, 缺 is printed, all else as it is; only what a sheet shows alike is a number."""
    own = made("2019")
    for row, text in {
        "new": "",
        "carried_in": "缺",
        "granted": "+156",
        "partial": "-",
        "other": "1.50",
    }.items():
        own = with_cell(own, "t3", row, text)
    own = with_cell(with_cell(own, "t3", "total", "12"), "t3", "carried_out", "1234567890123456")
    book = read.Excel(write(own, "xlsx")).book["表三"]
    column = [book.cell(row, 4).value for row in range(4, 27)]
    assert column[:4] == [None, "缺", "+156", "-"]
    assert column[-3:] == ["1.50", 12, "1234567890123456"]
    assert "缺" in _texts(read.Web(write(own, "html")).tables)


def test_mixed_forms_and_details() -> None:
    forms = official()
    other = made("2019").tables["t3"]
    own = made("2021", scope="aggregated", published="2022-01-28", printed_unit="甲镇政府")
    own = replace(own, tables=MappingProxyType({**own.tables, "t3": Table(other.form, "2019", other.rows)}))
    assert own.form is forms["2021"]
    word = read.Word(write(own, "docx"))
    assert list(word.tables) == ["nianbao_t2_2021", "nianbao_t3_2019", "nianbao_t4_2021"]
    details = [(anchor, read.text(runs)) for anchor, style, runs in word.lines if style == "Subtitle"]
    assert details == [
        ("nianbao_printed_unit", "单位名称：甲镇政府"),
        ("nianbao_published", "公布日期：2022-01-28"),
        ("nianbao_scope", "范围：汇总"),
    ]


# --- prose ---


PROSE = """\
（一）甲。
第二行

### 标题

- 一
- 二
  - 二之一

   接着

3. 三
4. **四**字

> 引

[链](https://a.gov.cn/?b=1) [信](mailto:a@b.cn) *斜*

---

　　尾"""


def test_prose_in_paragraphs() -> None:
    found = list(paragraphs(PROSE))
    assert [(p.sort, p.level, p.depth, p.quotes, p.marker) for p in found] == [
        ("text", 0, 0, 0, ""),
        ("heading", 3, 0, 0, ""),
        ("item", 0, 1, 0, "-"),
        ("item", 0, 1, 0, "-"),
        ("item", 0, 2, 0, "-"),
        ("text", 0, 1, 0, ""),
        ("item", 0, 1, 0, "3."),
        ("item", 0, 1, 0, "4."),
        ("text", 0, 0, 1, ""),
        ("text", 0, 0, 0, ""),
        ("rule", 0, 0, 0, ""),
        ("text", 0, 0, 0, ""),
    ]
    assert found[0].runs == (Run("（一）甲。\n第二行"),)
    assert found[7].runs == (Run("四", bold=True), Run("字"))
    assert found[9].runs == (
        Run("链", link="https://a.gov.cn/?b=1"),
        Run(" "),
        Run("信", link="mailto:a@b.cn"),
        Run(" "),
        Run("斜", italic=True),
    )
    assert found[11].runs == (Run("　　尾"),)


def test_an_entry_without_text_is_not_lost() -> None:
    assert [(p.sort, p.marker) for p in paragraphs("-\n- # 题\n- - 内")] == [
        ("item", "-"),
        ("item", "-"),
        ("heading", ""),
        ("item", "-"),
        ("item", "-"),
    ]


@pytest.mark.parametrize("path", FILES, ids=_IDS)
def test_markdown_comes_back(path: Path) -> None:
    """The paragraphs of a Word file say enough for the very Markdown they were made of."""
    for section in report(path).sections:
        assert read.markdown(paragraphs(section.text)) == section.text


@pytest.mark.parametrize("ending", FORMATS)
def test_a_part_without_words_is_there(ending: str) -> None:
    """Nothing is printed of it, yet its anchor stands."""
    own = replace(made("无"), sections=(Section("s1", "", "", ()), Section("s2", "二", "", ())))
    _check(own, ending)
    assert b"nianbao_s1" in b"".join(text.encode() for _, text in _files(write(own, ending), ending))


def test_links_go_to_the_web_alone() -> None:
    own = made("2021", ("overview", PROSE + "\n\n[坏](javascript:alert(1)) [文](file:///etc/passwd)"))
    data = write(own, "docx")
    external = re.findall(
        r'Target="([^"]*)"[^>]*TargetMode="External"', _file(data, "word/_rels/document.xml.rels")
    )
    assert external == ["https://a.gov.cn/?b=1"]
    assert "（mailto:a@b.cn）" in "".join(read.text(runs) for _, _, runs in read.Word(data).lines)
    links = [a.get("href") for a in read.Web(write(own, "html")).page.iter("a")]
    assert links == ["https://a.gov.cn/?b=1", "mailto:a@b.cn"]
    assert not any("External" in text for name, text in _files(write(own, "xlsx")))


# --- nothing runs ---


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula(text: str) -> None:
    own = with_cell(
        made(
            "2021", ("overview", text), title=text, headings={"总体情况": text, "主动公开政府信息情况": text}
        ),
        "t3",
        "new",
        text,
    )
    table = replace(own.tables["t2"], labels={"规章": text}, extra=(ExtraRow(text, (text,)),))
    own = replace(own, tables=MappingProxyType({**own.tables, "t2": table}), printed_unit=text)
    data = write(own, "xlsx")
    excel = read.Excel(data)
    assert {cell.data_type for cell in excel.cells()} <= {"n", "s"}
    assert sum(cell.value == text for cell in excel.cells()) >= 6
    assert not any(re.search(r"<f[ >]", xml) for name, xml in _files(data) if "sheet" in name)


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_no_macros_and_sound_xml(ending: str) -> None:
    own = made("2021", ("overview", "<script>alert(1)</script> & ]]> _x0041_ " + PROSE))
    names = [name for name, _ in _files(write(own, ending))]
    assert not any("vba" in name.lower() or "thumbnail" in name for name in names)
    for name, xml in _files(write(own, ending)):
        if name.endswith((".xml", ".rels")):
            etree.fromstring(xml.encode())
    shown = str(read.Excel(write(own, "xlsx")).parts()) if ending == "xlsx" else ""
    assert "_x0041_" in shown or ending == "docx"


def test_no_time_in_the_files() -> None:
    for ending in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(write(made(), ending))) as packed:
            assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
            assert "1980-01-01" in packed.read("docProps/core.xml").decode()


def test_the_page_stands_alone() -> None:
    page = write(made("2021", ("overview", "<img src=x onerror=alert(1)>")), "html").decode()
    tags = "".join(re.findall(r"<[^>]*>", page))
    assert not re.search(r"<(?:script|link|img|iframe)|\son[a-z]+=|\sstyle=|src=", tags)
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "default-src 'none'" in page


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    own = made("2019", ("overview", PROSE), published="2020-01-31", scope="aggregated")
    file = tmp_path / "report.html"
    file.write_bytes(write(own, "html"))
    return file


def test_the_page_is_sound_html(html_checker: list[str], page_file: Path) -> None:
    command = [*html_checker, "--errors-only", str(page_file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("width", [1200, 390])
def test_the_page_in_a_browser(browser: Browser, page_file: Path, axe_js: Path, width: int) -> None:
    """Its own policy lets its style in; on a telephone a table is pushed sideways, not the page."""
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(page_file.as_uri())
    assert told == []
    assert page.evaluate("getComputedStyle(document.querySelector('td')).borderTopStyle") == "solid"
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate(axe_js.read_text(encoding="utf-8"))  # by the debugger: the page lets no script in
    assert page.evaluate("axe.run().then(found => found.violations.map(one => one.id))") == []


def _files(data: bytes, ending: str = "docx") -> Iterator[tuple[str, str]]:
    if ending == "html":
        yield "", data.decode()
        return
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        yield from ((name, packed.read(name).decode("utf-8", "replace")) for name in packed.namelist())


def _file(data: bytes, wanted: str) -> str:
    return dict(_files(data))[wanted]


# --- what cannot be written ---


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800"], ids=ascii)
@pytest.mark.parametrize("ending", FORMATS)
def test_characters_that_no_file_holds(char: str, ending: str) -> None:
    for own in (made("2021", ("overview", f"甲\n乙{char}")), with_cell(made(), "t3", "new", char)):
        with pytest.raises(UnprintableError, match=r"330411103/2021 的.*字是.*U\+.*删去它再导出"):
            write(own, ending)


def test_too_long_for_excel() -> None:
    own = made("2021", ("overview", "甲" * 100_000))
    with pytest.raises(UnprintableError, match=r"100,000 字.*32,767 字.*67,233 字.*docx") as caught:
        write(own, "xlsx")
    assert isinstance(caught.value, UnreadableError)
    assert write(own, "docx")
    assert write(own, "html")
    fits = made("2021", ("overview", "𬭬" * (LONGEST // 2) + "\n\n" + "甲" * LONGEST))
    _check(fits, "xlsx")
    with pytest.raises(UnprintableError):
        write(with_cell(made(), "t3", "new", "𬭬" * (LONGEST // 2 + 1)), "xlsx")


def test_a_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word and Excel need the extra; a web page does not."""
    for ending, library in {"docx": "docx", "xlsx": "xlsxwriter"}.items():
        with monkeypatch.context() as patch:
            for name in [name for name in sys.modules if name.startswith("build_tools.printed.")]:
                patch.delitem(sys.modules, name)
            patch.setitem(sys.modules, library, None)
            with pytest.raises(
                LibraryError, match=rf"写 {ending} 的程序库没有装（{library}）。用 make export 导出"
            ):
                writer(ending)
            assert writer("html") is not None


def test_paragraph_is_plain() -> None:
    assert list(paragraphs("")) == []
    assert list(paragraphs("甲")) == [Paragraph("text", (Run("甲"),))]
