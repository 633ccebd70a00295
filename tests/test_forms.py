"""Forms are data: a form issued tomorrow is one more data file, and everything works with it."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from build_tools.decode import decode
from build_tools.form import Form
from build_tools.forms import load, official
from build_tools.model import Report, State, Unit
from build_tools.render.drawing import draw
from build_tools.schema import schema
from build_tools.source import parse
from build_tools.units import kinds
from build_tools.write import blank_text, report_text
from tests.casework import Tree, base, judge, put, yaml_text
from tests.strategies import reports
from tests.test_schemas import load as as_editors_do

DATA = (Path(__file__).parent / "cases" / "form_2027.yml").read_text(encoding="utf-8")
NEW = load([DATA])["2027"]
FORMS = {**official(), "2027": NEW}
TOWN = Unit("330411199", "示例镇", kinds()["镇"])


def tree() -> Tree:
    """A report in the new form, filled in."""
    found = base(NEW, 2027)
    put(found, "申请/新收", ["2", "1", "3"])
    put(found, "申请/公开", ["2", "~", "2"])
    put(found, "申请/不公开/由模型生成", ["0", "1", "1"])
    put(found, "申请/总计", ["2", "1", "3"])
    put(found, "公共企事业单位/水厂", ["0.50万元"])
    put(found, "平台/平台数", "4")
    return found


def read(text: str) -> Report:
    report, problems = decode(parse(text), TOWN.id, 2027, FORMS)
    assert report, problems
    return report


def found(**entries: Any) -> set[tuple[str, str]]:
    """Rules and places that speak of a report in the new form, those of tables and shape only."""
    case = {"form_text": DATA, "form": "2027", "year": "2027", "now": "2028", **entries}
    return {(f.rule, f.path) for f in judge(case).findings if re.match(r"FORM|T3|SCHEMA|TPL|YAML", f.rule)}


def test_the_new_form_is_in_force() -> None:
    assert [form.id for form in FORMS.values() if form.demanded_of(2027) and form is NEW] == ["2027"]
    assert not NEW.offered_to(2026)


def test_reading() -> None:
    report = read(yaml_text(tree()))
    tables = report.tables

    assert report.form is NEW
    assert [s.heading for s in report.sections] == ["一、总体情况", "四、下年打算"]
    assert [c.value for c in tables["t3"].rows["new"]] == [2, 1, 3]
    assert tables["t3"].rows["granted"][1].state is State.BLANK
    assert tables["t5"].rows["water"][0].unit == "万元"
    assert tables["t6"].rows["platforms"][0].value == 4
    assert tables["t6"].path("own", "value") == ("平台", "自办平台数")
    assert tables["t3"].form.where("denied_ai", "natural") == "表二「2.由模型生成」·自然人"


def test_reading_says_what_is_missing() -> None:
    wrong = tree()
    del wrong["申请"]["不公开"]["由模型生成"]
    wrong["申请"]["新收"] = ["1", "2"]
    report, problems = decode(parse(yaml_text(wrong)), TOWN.id, 2027, FORMS)

    assert report is None
    assert {"/".join(map(str, p.path)) for p in problems} == {"申请/新收", "申请/不公开/由模型生成"}


def test_checking() -> None:
    """The relations of the data file are tried, under the rule each names."""
    assert found() == set()
    assert found(set={"申请/新收": ["1", "1", "3"]}) == {("FORM-SUM", "申请/新收/总计")}
    assert found(set={"公共企事业单位/学校": ["1", "2"]}) == {("FORM-SUM", "公共企事业单位/学校/公开件数")}
    assert found(set={"平台/自办平台数": "1"}) == {("FORM-SUM", "平台/自办平台数")}
    assert ("T3-RESULT-SUM", "申请/总计/自然人") in found(set={"申请/公开": ["1", "0", "1"]})


def test_drawing() -> None:
    """Every label and every figure stands in the drawn tables, each figure in a place of its own."""
    report = read(yaml_text(tree()))
    for table in report.tables.values():
        html = str(draw(table, {}, table.form.title))
        for row, line in table.form.lines.items():
            assert line.row.label in html
            for column, cell in zip(line.columns, table.rows[row], strict=True):
                place = re.search(
                    rf'<td[^>]*id="{table.form.id}\.{row}\.{column.id}"[^>]*>(.*?)</td>', html, re.DOTALL
                )
                assert place, (row, column.id)
                assert f'data-state="{cell.state}"' in place[0]
                assert cell.raw in place[1]


def test_writing_and_a_blank_report() -> None:
    report = read(yaml_text(tree()))
    blank = blank_text(NEW, TOWN, 2027)

    assert read(report_text(report)) == report
    assert report_text(report).startswith(
        "# yaml-language-server: $schema=../../../../build_tools/schema/2027.json\n"
    )
    assert "  水厂: [~]\n平台:\n  平台数: ~\n  自办平台数: ~\n" in blank
    assert read(blank).title == "示例镇2027年政府信息公开工作年度报告"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(NEW) | reports(NEW, FORMS["2019"]))
def test_any_report_in_it_reads_back(report: Report) -> None:
    again, problems = decode(parse(report_text(report)), report.unit, report.year, FORMS)

    assert problems == ()
    assert again == report


def test_its_schema() -> None:
    made = schema(NEW, FORMS)
    Draft202012Validator.check_schema(made)
    check = Draft202012Validator(made)

    assert list(check.iter_errors(as_editors_do(blank_text(NEW, TOWN, 2027)))) == []
    assert list(check.iter_errors(as_editors_do(report_text(read(yaml_text(tree())))))) == []
    assert list(
        check.iter_errors(as_editors_do(blank_text(NEW, TOWN, 2027).replace("水厂: [~]", "水厂: [~, ~]")))
    )
    assert list(check.iter_errors(as_editors_do(blank_text(FORMS["2021"], TOWN, 2027))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("says: natural + organisation = total", "says: natural"),
        ("sections:\n", "sections: &x\n"),
        ("id: overview", "id: overview, id: b"),
    ],
)
def test_a_bad_form_file_is_no_form(old: str, new: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        load([DATA.replace(old, new)])


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_forms_hang_together(form: Form) -> None:
    """Ids and keys name one thing each; relations and sections name what is there."""
    for section in form.sections:
        assert not section.table or section.table in form.tables
    assert len({t.key for t in form.tables.values()}) == len(form.tables)
    for table in form.tables.values():
        ways = [line.row.keys for line in table.lines.values()]
        assert len(set(ways)) == len(ways)
        assert not {way[:-1] for way in ways} & set(ways)
        for line in table.lines.values():
            assert len({c.id for c in line.columns}) == len(line.columns)
        for relation in table.relations:
            terms = {term.id for term in (*relation.left, *relation.right)}
            columns = {c.id for line in table.lines.values() for c in line.columns}
            inside, across = (
                (set(table.lines), columns) if relation.along == "columns" else (columns, set(table.lines))
            )
            assert terms <= inside, relation
            assert set(relation.only) <= across, relation


@given(st.integers(2000, 2100))
def test_at_most_one_official_form_is_demanded_of_a_year(year: int) -> None:
    assert sum(form.demanded_of(year) for form in official().values()) <= 1
