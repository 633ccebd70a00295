"""Values become pages: what is printed is shown, what the archive adds stands apart and leads to and fro."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from build_tools.archive import Entry, Subject, chain
from build_tools.check import Verdict
from build_tools.decode import decode
from build_tools.export import Cells, tables_csv
from build_tools.finding import Finding, Severity, Unassessed
from build_tools.former import Withdrawn
from build_tools.forms import official
from build_tools.model import Kin, Name, Report, Unit
from build_tools.render.page import Links
from build_tools.render.pages import (
    Page,
    Place,
    Totals,
    flags,
    home_fill,
    report_json,
    report_markdown,
    report_page,
    served,
    unit_page,
)
from build_tools.render.units import Around
from build_tools.source import parse
from build_tools.units import kinds
from tests.casework import REGISTER, UNIT, base, put, yaml_text
from tests.exportwork import unguarded
from tests.sitework import Page as Read

GOLDEN = Path(__file__).parent / "golden" / "pages"
CHAIN = chain(REGISTER, UNIT)
TOWN = Unit(UNIT, "示例镇", kinds()["镇"], aliases=("某区示例镇",), former=(Name("老示例乡", 2008, 2015),))


def _report(form: str, year: int, *changes: tuple[str, object]) -> Report:
    tree = base(official()[form], year)
    for path, value in changes:
        put(tree, path, value)
    report, problems = decode(parse(yaml_text(tree)), UNIT, year, official())
    assert report is not None, problems
    return report


def _subject(report: Report) -> Subject:
    return Subject(report, TOWN, (report,), REGISTER, f"33/330411/{UNIT}/{report.year}.yml", 2026)


def _finding(rule: str, path: str, severity: Severity, message: str = "差 1", waived: str = "") -> Finding:
    return Finding("f", 1, 1, 1, 2, rule, path, message, "改。", severity, UNIT, 2020, waived)


def _entry(unit: str = UNIT, year: int = 2020, **others: object) -> Entry:
    entry = Entry(unit, "示例镇", "镇", year, f"示例镇{year}年报告", "2019", "2019年格式（试行）", 4, 0, 0, 0)
    return replace(entry, **others)  # type: ignore[arg-type]  # the tests' own fields


FAULTY = _report(
    "2019",
    2020,
    ("公布日期", "2021-01-20"),
    ("转录说明", "第二页<模糊>。"),
    ("正文/总体情况", "**要点：**一是<b>。\n\n1. 甲\n3. 丙"),
    ("申请/新收", ["5", "~", "-", "缺", "1,113", "无", "4"]),
    ("主动公开/行政许可", ["35", "+156", "191"]),
    ("主动公开/政府集中采购", ["116", "3189300元"]),
    (
        "原表标签",
        {
            "申请": {"总计": "合计", "2.其他法律行政法规禁止公开": "2.其他法律法规禁止公开"},
            "复议诉讼": {"复议后起诉": "~"},
        },
    ),
    ("原表标签/章节", {"存在的主要问题及改进情况": "主要问题", "其他需要报告的事项": "~"}),
    (
        "多出的行",
        [
            {"表": "申请", "标签": "小计", "数值": ["1", "2"]},
            {"表": "复议诉讼", "标签": "备注", "数值": ["x"]},
        ],
    ),
)
VERDICT = Verdict(
    (
        _finding(
            "T3-ROW-SUM", "申请/新收/总计", Severity.ERROR, "表三：4 + 1 = 5，应等于 4，差 1", "原件如此。"
        ),
        _finding("T3-COL-BALANCE", "申请/总计/自然人", Severity.ERROR),
        _finding("T2-DELTA-MISREAD", "主动公开/行政许可", Severity.WARNING),
        _finding("NT-WORD", "正文/总体情况", Severity.WARNING),
        _finding("ID-TITLE", "标题", Severity.WARNING),
        _finding("TPL-LABEL", "原表标签/复议诉讼/复议后起诉", Severity.WARNING, "没有印组名"),
        _finding("INFO-ONLY", "正文/总体情况", Severity.INFO),
    ),
    (Unassessed(("申请", "新收", 1), "有空格"), Unassessed(("标题",), "没有年份")),
)
PLACE = Place(
    CHAIN, (2019, 2020), _entry("330411198"), None, "https://git.example/edit/x.yml", "original.html"
)
PLAIN = Place(CHAIN, (2021,))


def _faulty() -> Page:
    return report_page(_subject(FAULTY), VERDICT, PLACE)


def _series() -> tuple[Report, ...]:
    """Two years with one missing between: another form, a blank, figures that can and cannot be compared."""
    return (
        _report("2019", 2020, ("申请/新收", ["4", "0", "0", "0", "0", "0", "4"])),
        _report("2021", 2022, ("申请/新收", ["~"] * 7), ("主动公开/行政许可", ["1,113"])),
    )


def _figures() -> Report:
    figures = [{"指标": "收到申请", "数值": "3", "单位": "件", "原文": "共收到3件"}]
    return _report(
        "无", 2020, ("章节", [{"标题": "一、概述", "正文": "### （一）小节\n\n文字"}]), ("数据", figures)
    )


def _beside() -> Subject:
    """A report in a form, after one in another: more, fewer, blank, lost, of another kind."""
    last = _report(
        "2019",
        2020,
        ("申请/新收", ["3", *["0"] * 5, "3"]),
        ("申请/予以公开", ["~"] * 7),
        ("申请/其他处理", ["0"] * 6 + ["2"]),
        ("主动公开/行政处罚", ["0", "0", "7"]),
    )
    now = _report(
        "2021",
        2021,
        ("公布日期", "2022-01-20"),
        ("申请/新收", ["5", *["0"] * 5, "5"]),
        ("申请/予以公开", ["5", *["0"] * 5, "5"]),
        ("申请/总计", ["5", *["0"] * 5, "5"]),
        ("申请/部分公开", ["缺"] * 7),
        ("申请/结转下年度", ["-"] * 7),
        ("主动公开/行政事业性收费", "1.2500"),
    )
    return replace(_subject(now), series=(last, now))


CITED = Place(
    CHAIN, (2020, 2021), sha256="0123456789abcdef" * 4, address="https://a.cn/units/330411199/2021/"
)

PAGES: dict[str, Callable[[], Page]] = {
    "report with faults": _faulty,
    "report 2021": lambda: report_page(_subject(_report("2021", 2021)), Verdict(()), PLAIN),
    "report with statistics": lambda: report_page(_subject(_report("2014", 2016)), Verdict(()), PLAIN),
    "report in no form": lambda: report_page(_subject(_figures()), Verdict(()), PLAIN),
    "report beside last year": lambda: report_page(_beside(), Verdict(()), CITED),
    "unit": lambda: unit_page(
        TOWN, (_entry(), _entry(year=2022, requests=None, warnings=2, waived=1)), _series(), CHAIN
    ),
    "unit with withdrawn reports": lambda: unit_page(
        TOWN,
        (_entry(), _entry(year=2022)),
        _series(),
        CHAIN,
        Around(withdrawn=[Withdrawn(TOWN.id, year, "2024-05-06", "有误", "县政府") for year in (2017, 2023)]),
    ),
    "unit without reports": lambda: unit_page(replace(TOWN, homepage="https://a.cn/"), (), (), CHAIN),
}


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, golden: Callable[[Path, str], None]) -> None:
    """Every kind of page, to the letter."""
    page = PAGES[name]()
    read = Read(page.body)

    assert len(read.ids) == len(set(read.ids))
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)
    assert not any(name in {"style", "onclick"} for _, attributes in read.tags for name in attributes)
    golden(GOLDEN / f"{name}.html", f"<!-- {page.path} | {page.title} | {page.description} -->\n{page.body}")


def test_home(golden: Callable[[Path, str], None]) -> None:
    """What fills the home page's placeholders."""
    filled = home_fill(Totals(4, 2, 1, {2020: 3, 2022: 1}, (_entry(year=2022),)))
    empty = home_fill(Totals(0, 0, 0, {}))

    assert set(filled) == set(empty)
    golden(GOLDEN / "home.html", "\n".join(f"<!-- {name} -->\n{html}" for name, html in filled.items()))


def test_home_page_has_the_placeholders(root: Path) -> None:
    """The hand-written home page asks for exactly what is filled."""
    text = (root / "docs" / "index.md").read_text(encoding="utf-8")

    assert all(f'<div data-fill="{name}"></div>' in text for name in home_fill(Totals(0, 0, 0, {})))
    assert text.count("data-fill=") == len(home_fill(Totals(0, 0, 0, {})))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("report.md", report_markdown(FAULTY)),
        ("none.md", report_markdown(_figures())),
        ("report.json", report_json(FAULTY, VERDICT)),
        ("none.json", report_json(_figures(), Verdict(()))),
        ("tables.csv", tables_csv(Cells.of(FAULTY, flags(FAULTY, VERDICT)))),
    ],
    ids=lambda value: value if "\n" not in value else "",
)
def test_document(name: str, text: str, golden: Callable[[Path, str], None]) -> None:
    """The documents beside a report, to the letter."""
    golden(GOLDEN.parent / "documents" / name, text)


def _cells(page: Page) -> dict[str, str]:
    tags = Read(page.body).tags
    return {a["id"]: a["data-state"] for tag, a in tags if tag == "td" and "data-state" in a and "id" in a}


def test_every_state_is_shown() -> None:
    """Blank stays blank, a dash a dash; nothing is filled in."""
    cells = _cells(_faulty())

    assert [cells[f"t3.new.{column}"] for column in ("natural", "commercial", "research", "welfare")] == [
        "number",
        "blank",
        "dash",
        "missing",
    ]
    assert [cells[f"t3.new.{column}"] for column in ("legal", "other", "total")] == ["text", "na", "number"]


def test_page_and_documents_agree() -> None:
    """The page, the JSON and the CSV tell the same cells."""
    tables = json.loads(report_json(FAULTY, VERDICT))["tables"]
    in_json = {
        f"{table}.{row}.{column}": (cell["raw"], cell["state"])
        for table, rows in tables.items()
        for row, cells in rows.items()
        for column, cell in cells.items()
    }
    lines = csv.DictReader(io.StringIO(tables_csv(Cells.of(FAULTY, {}))))
    in_csv = {
        f"{line['table']}.{line['row']}.{line['col']}": (unguarded(line["raw"]), line["state"])
        for line in lines
    }

    assert in_json == in_csv
    assert _cells(_faulty()) == {id_: state for id_, (_, state) in in_json.items()}


def test_findings_for_readers() -> None:
    """Errors, warnings and what is acknowledged are shown, each once; hints to editors are not."""
    rules = [a["data-rule"] for tag, a in Read(_faulty().body).tags if tag == "li" and "data-rule" in a]

    assert sorted(rules) == sorted(f.rule for f in VERDICT.findings if f.severity is not Severity.INFO)


def test_marks_lead_to_and_fro() -> None:
    """The mark in a cell leads to its note, the note back to the cell."""
    body = _faulty().body
    at = body.index('data-rule="T3-ROW-SUM"')
    note = body[:at].rsplit('id="', 1)[1].split('"', 1)[0]
    cell = body[body.index('<td id="t3.new.total"') :].split("</td>", 1)[0]

    assert f'href="#{note}"' in cell
    assert 'href="#t3.new.total"' in body[at:].split("</li>", 1)[0]


def test_nothing_of_a_report_is_markup() -> None:
    """Whatever an editor writes arrives as text."""
    evil = '"><script>alert(1)</script>&'
    report = replace(
        _report(
            "2019",
            2020,
            ("标题", evil),
            ("来源/转录", evil),
            ("申请/新收", [evil] * 7),
            ("原表标签", {"申请": {"总计": evil}}),
            ("多出的行", [{"表": "申请", "标签": evil, "数值": [evil]}]),
            ("转录说明", evil),
        ),
        printed_unit=evil,
    )
    finding = _finding(evil, "标题", Severity.ERROR, evil, evil)
    body = report_page(_subject(report), Verdict((finding,)), PLACE).body
    of_unit = unit_page(replace(TOWN, name=evil), (_entry(title=evil),), (report,), CHAIN).body

    assert _scripts(body) == [DATA, DATA, {"src": "../../../assets/reveal.js", "defer": ""}]
    assert _scripts(of_unit) == [DATA]


DATA = {"type": "application/ld+json"}


def _scripts(body: str) -> list[dict[str, str]]:
    return [attributes for tag, attributes in Read(body).tags if tag == "script"]


def test_links_are_relative() -> None:
    """The site works below any path: no link begins at the top of the host."""
    bodies = [make().body for make in PAGES.values()]

    assert [link for body in bodies for link in Read(body).links if link.startswith("/")] == []
    assert Links("units/330411103/2020/")("rules/X/") == "../../../rules/X/"
    assert Links("")("years/") == "years/"
    assert Links("years/")("") == "../"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((name, name) for name in ("a.pdf", "a.PDF", "年报.docx", "a.b.ofd", "a.html.zip")),
        *(
            (name, f"{name}.txt")
            for name in ("a.HTML", "a.svg", "a.svgz", "a.xht", "a.rdf", "a.xsl", "a.shtm")
        ),
        *((name, f"{name}.txt") for name in ("年报", "a.pdf.", "a.", "pdf", "a.pdf ")),
    ],
)
def test_originals_do_not_run(name: str, expected: str) -> None:
    """What is not known to be harmless is served as plain text."""
    assert served(name) == expected


@pytest.mark.parametrize("name", ["附件#1%41.pdf", "a?b=c.doc", "a b&c;d.html", "年报+(1).docx"])
def test_originals_are_found(name: str) -> None:
    """The link leads to the very file, whatever its name."""
    page = report_page(_subject(FAULTY), Verdict(()), replace(PLAIN, original=name))
    links = {urljoin(f"https://a.cn/{page.path}", link) for link in Read(page.body).links}
    paths = {unquote(urlsplit(link).path) for link in links if not urlsplit(link).query}

    assert f"/{page.path}source/{served(name)}" in paths


def test_kin() -> None:
    """Only units that have a page are linked; the year is told."""
    unit = replace(
        TOWN, predecessors=(Kin("330411198", 2019), Kin("330411197")), successors=(Kin("330411196"),)
    )
    body = unit_page(unit, (), (), CHAIN, Around({"330411198": "洪合镇"})).body

    assert [link for link in Read(body).links if "3304111" in link] == ["../../units/330411198/"]
    assert '洪合镇</a><span class="aside">2019年度起</span>' in body
    assert "<dd>330411197</dd>" in body
    assert "<dt>后继</dt><dd>330411196</dd>" in body


def test_json_says_what_was_printed() -> None:
    """Headings, labels and rows as printed; nothing of it where all is as in the form."""
    data = json.loads(report_json(replace(FAULTY, printed_unit="示例镇人民政府"), VERDICT))

    assert {s["id"]: s["heading"] for s in data["sections"]} == {
        "intro": "",
        "overview": "一、总体情况",
        "problems": "五、主要问题",
        "other": None,
    }
    assert data["printed_unit"] == "示例镇人民政府"
    assert 'printed_unit: "示例镇人民政府"' in report_markdown(replace(FAULTY, printed_unit="示例镇人民政府"))
    assert data["labels"]["t3"]["总计"] == "合计"
    assert data["labels"]["t4"] == {"复议后起诉": None}
    assert data["extra"]["t3"] == [{"label": "小计", "values": ["1", "2"]}]
    assert not {"printed_unit", "labels", "extra"} & set(json.loads(report_json(_figures(), Verdict(()))))


def test_mixed_forms() -> None:
    """A table in another form than the report's says so, in the page and in the JSON."""
    tree = {
        **base(official()["2021"], 2021),
        "格式": {"主动公开": "2021", "申请": "2019", "复议诉讼": "2021"},
    }
    tree["申请"] = base(official()["2019"], 2020)["申请"]
    report, problems = decode(parse(yaml_text(tree)), UNIT, 2021, official())
    assert report is not None, problems

    assert "（格式 2019）" in report_page(_subject(report), Verdict(()), PLAIN).body
    assert json.loads(report_json(report, Verdict(())))["table_forms"]["t3"] == "2019"
