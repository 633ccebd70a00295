"""Source + form -> Report: what stands in a file is what comes out, table by table, in any form."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.decode import decode
from build_tools.form import Form
from build_tools.forms import official
from build_tools.model import Cell, ExtraRow, Figure, Origin, Report, State, Waiver
from build_tools.source import parse
from build_tools.write import report_text
from tests.casework import Tree, base, put, yaml_text

FORMS = list(official().values())


def read(tree: Tree) -> Report:
    report, problems = decode(parse(yaml_text(tree)), "330411103", 2020, official())
    assert report, problems
    return report


def fails(tree: Tree) -> list[tuple[str, str]]:
    report, problems = decode(parse(yaml_text(tree)), "330411103", 2020, official())
    assert report is None
    return [(p.rule, "/".join(map(str, p.path))) for p in problems]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_form(form: Form) -> None:
    """Each row of each table of each form is read, in the form's order."""
    report = read(base(form, 2020))

    assert report.form is form
    assert list(report.tables) == list(form.tables)
    for table in report.tables.values():
        assert list(table.rows) == list(table.form.lines)
        assert {spot.cell for spot in table.spots()} == {Cell("0", State.NUMBER, 0)}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_path_leads_to_its_cell(form: Form) -> None:
    """The place of a cell is the place of its text."""
    tree = base(form, 2020)
    report = read(tree)
    source = parse(report_text(report))
    for table in report.tables.values():
        places = [source.locate(spot.path) for spot in table.spots()]
        assert len(set(places)) == len(places)
        for line, column, end_line, end_column in places:
            assert line == end_line
            assert source.line(line)[column - 1 : end_column - 1] == "0"


def test_everything_a_file_can_say() -> None:
    tree = base(official()["无"], 2020)
    tree |= {
        "公布日期": "2021-01-31",
        "范围": "汇总",
        "单位名称": " 某镇人民政府 ",
        "转录说明": "一\n\n二\n",
        "章节": [{"标题": "一", "正文": "甲"}, {"正文": "乙"}],
        "数据": [{"指标": "信息", "数值": "337", "单位": "条", "原文": "信息337条"}],
        "确认": [{"规则": "A-B", "位置": "全文", "理由": "如此", "日期": "2026-01-02"}],
    }
    report = read(tree)

    assert (report.id, report.title) == ("330411103/2020", tree["标题"])
    assert (report.published, report.scope, report.printed_unit) == (
        "2021-01-31",
        "aggregated",
        "某镇人民政府",
    )
    assert report.note == "一\n\n二"
    assert report.origin == Origin("2020.txt", tree["来源"]["sha256"], "", "2026-01-02", "人工")
    assert [(s.id, s.heading, s.text, s.path) for s in report.sections] == [
        ("s1", "一", "甲", ("章节", 0, "正文")),
        ("s2", "", "乙", ("章节", 1, "正文")),
    ]
    assert report.figures == (Figure("信息", "337", "条", "信息337条"),)
    assert report.waivers == (Waiver("A-B", "全文", "如此", "2026-01-02", ("确认", 0)),)


def test_cells_of_every_state() -> None:
    tree = base(official()["2019"], 2020)
    put(tree, "申请/新收", ["1", "~", "缺", "-", "无", "1,113", "+5"])
    cells = read(tree).tables["t3"].rows["new"]

    assert [c.state.value for c in cells] == ["number", "blank", "missing", "dash", "na", "text", "number"]
    assert [c.raw for c in cells] == ["1", "", "", "-", "无", "1,113", "+5"]
    assert [c.value for c in cells] == [1, None, None, None, None, None, 5]


def test_labels_and_rows_printed_otherwise() -> None:
    tree = base(official()["2021"], 2021)
    put(tree, "原表标签", {"申请": {"总计": "~", "自然人": "公民", "其他": ""}, "章节": {"总体情况": "概述"}})
    put(tree, "多出的行", [{"表": "复议诉讼", "标签": "合计", "数值": ["0", "~", "缺"]}])
    report = read(tree)

    assert report.tables["t3"].labels == {"总计": None, "自然人": "公民", "其他": ""}
    assert report.headings == {"总体情况": "概述"}
    assert report.tables["t4"].extra == (ExtraRow("合计", ("0", "", "缺")),)
    assert report.tables["t2"].extra == ()


def test_tables_of_two_forms() -> None:
    """Each table is read in the form that 格式 names for it; the rest is the newest form's."""
    forms = official()
    tree = base(forms["2021"], 2021)
    tree["格式"] = {"申请": "2019", "主动公开": "2021"}
    tree["申请"] = base(forms["2019"], 2021)["申请"]
    report = read(tree)

    assert report.form is forms["2021"]
    assert {id_: table.form_id for id_, table in report.tables.items()} == {
        "t2": "2021",
        "t3": "2019",
        "t4": "2021",
    }
    assert report.tables["t3"].form is forms["2019"].tables["t3"]
    again, _ = decode(parse(report_text(report)), "330411103", 2020, forms)
    assert again == replace(report, year=2020)


def test_one_form_named_table_by_table_is_that_form() -> None:
    tree = base(official()["2019"], 2020)
    tree["格式"] = {"申请": "2019", "主动公开": "2019", "复议诉讼": "2019"}

    assert read(tree) == read(base(official()["2019"], 2020))


def test_a_row_of_another_form_is_unknown() -> None:
    tree = base(official()["2021"], 2021)
    put(tree, "主动公开/政府集中采购", ["0", "0"])

    assert fails(tree) == [("SCHEMA-UNKNOWN", "主动公开/政府集中采购")]


def test_a_missing_row_is_told_with_an_example() -> None:
    tree = base(official()["2021"], 2021)
    del tree["申请"]["不予公开"]["国家秘密"]
    _, problems = decode(parse(yaml_text(tree)), "330411103", 2021, official())

    assert [p.path for p in problems] == [("申请", "不予公开", "国家秘密")]
    assert "国家秘密: [~, ~, ~, ~, ~, ~, ~]" in problems[0].hint


def test_blank_and_zero_are_told_apart_from_absent() -> None:
    """Prose left out is not there; prose left blank is there and empty."""
    tree = base(official()["2021"], 2021)
    tree["正文"] = {"引言": "~", "总体情况": "甲"}

    assert [(s.id, s.text) for s in read(tree).sections] == [("intro", ""), ("overview", "甲")]


WORDS = st.sampled_from(["~", "", "甲", "主动公开", "申请", "统计表", *official()])
TREES = st.recursive(
    WORDS, lambda below: st.lists(below) | st.dictionaries(WORDS.filter(bool), below), max_leaves=6
)


@given(TREES | st.dictionaries(st.sampled_from(["格式", "标题", "来源", "章节"]), TREES), TREES)
def test_there_is_a_report_or_a_problem(whole: object, form: object) -> None:
    """Nothing vanishes in silence, whatever stands under 格式 or instead of the whole."""
    for tree in (whole, {"格式": form}, {**base(official()["2021"], 2021), "格式": form}):
        report, problems = decode(parse(yaml_text(tree)), "330411103", 2020, official())
        assert (report is None) == bool(problems)


@pytest.mark.parametrize("text", ["　　甲\n\n　　乙", "甲　", "\u00a0甲\n　", "　"], ids=ascii)
def test_printed_indentation_is_kept(text: str) -> None:
    """Full-width and fixed spaces are printed; only the spaces and line ends around a text are layout."""
    tree = base(official()["2021"], 2021)
    put(tree, "正文/总体情况", f" \n{text}\n ")
    report = read(tree)

    assert report.text("overview") == text
    assert decode(parse(report_text(report)), "330411103", 2020, official())[0] == report


def test_a_title_of_white_space_is_none() -> None:
    tree = base(official()["2021"], 2021)
    tree["标题"] = "　\u00a0"

    assert fails(tree) == [("ID-REQUIRED", "标题")]


def test_a_wide_file_is_soon_told() -> None:
    """Two hundred thousand wrong entries give a list of problems that can be read, not as many."""
    text = "格式: 2021\n标题: 题\n数据: [" + "1," * 200_000 + "1]\n"
    report, problems = decode(parse(text), "330411199", 2022, official())

    assert report is None
    assert len(problems) < 250
