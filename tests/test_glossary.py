"""What is explained of the forms: every row and column, nothing else, in few plain words, and shown below each table."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from build_tools.archive import Subject
from build_tools.check import Verdict
from build_tools.decode import decode
from build_tools.form import Form, TableForm
from build_tools.forms import load, official
from build_tools.glossary import Entry, entry, glossary, name, told
from build_tools.model import Report, Unit
from build_tools.render.meanings import meanings
from build_tools.render.pages import Place, report_markdown, report_page
from build_tools.source import parse
from build_tools.units import kinds
from tests.casework import REGISTER, UNIT, base, yaml_text
from tests.sitework import Page as Read

NEW = (Path(__file__).parent / "cases" / "form_2027.yml").read_text(encoding="utf-8")
TABLES = {
    f"{form}.{id_}": table for form in ("2019", "2021") for id_, table in official()[form].tables.items()
}
CURRENT = TABLES.values()
PAST = official()["2014"].tables["stat"]
LAWS = "条例|立法法|行政复议法|行政诉讼法|行政强制法|法释〔2025〕8号"
ARTICLE = rf"(?:{LAWS})第[一二三四五六七八九十]+条(?:第(?:（[一二三四五六七八九十]+）)+项)?"
LAW = re.compile(rf"{ARTICLE}(?:、第[一二三四五六七八九十]+条)*|国办函〔2020〕109号")


def _columns(table: TableForm) -> set[str]:
    return {column.id for line in table.lines.values() for column in line.columns}


@pytest.mark.parametrize("table", CURRENT, ids=TABLES)
def test_every_row_and_column_is_explained(table: TableForm) -> None:
    assert [row for row in table.lines if entry(table, row) is None] == []
    assert {name(table, column) for column in _columns(table)} <= glossary().columns.keys()


def test_rows_of_a_past_form_are_explained_without_advice() -> None:
    """Another law was in force, and its terms are over: what they mean is told, and nothing else."""
    said = [entry(PAST, row) for row in PAST.lines]

    assert None not in said
    assert [one for one in said if one and (one.law or one.do or one.then)] == []
    assert told(PAST).remedies == ()


def test_what_cannot_be_done_without_review_is_said_alike() -> None:
    """Wherever it is said that a review must come first, it is said of which answers: 条例 14 to 16."""
    texts = [said.means for said in glossary().rows.values()]
    texts += [step.do for remedy in glossary().remedies.values() for step in remedy.steps]
    found = [text for text in texts if "要先复议" in text]

    assert len(found) == 2
    assert [text for text in found if "依条例第十四条至第十六条不予公开的，要先复议" not in text] == []


@pytest.mark.parametrize("kind", ["granted", "denied", "refused", "dropped", "late"])
def test_article_51_opens_the_courts(kind: str) -> None:
    """Against every answer, and against none, there is review as well as suit."""
    steps = "".join(step.do for step in glossary().remedies[kind].steps)

    assert "行政复议" in steps
    assert "法院起诉" in steps


def test_nothing_else_is() -> None:
    """No entry is left over from a form that went away, and no list of what can be done is for nobody."""
    rows = {name(table, row) for table in (*CURRENT, PAST) for row in table.lines}
    columns = {name(table, column) for table in CURRENT for column in _columns(table)}

    assert glossary().rows.keys() == rows
    assert glossary().columns.keys() == columns
    assert glossary().remedies.keys() == {said.then for said in glossary().rows.values() if said.then}


def _laws() -> Iterator[str]:
    yield from (said.law for said in glossary().rows.values() if said.law)
    yield from (step.law for remedy in glossary().remedies.values() for step in remedy.steps)


@pytest.mark.parametrize("law", sorted(set(_laws())))
def test_a_law_is_named_so_that_it_can_be_looked_up(law: str) -> None:
    assert [part for part in law.split("，") if not LAW.fullmatch(part)] == []


def test_texts_are_short_sentences() -> None:
    for said in glossary().rows.values():
        assert 8 <= len(said.means) <= 80
        assert len(said.do) <= 60
        assert len(said.law) <= 40
        assert said.means.endswith("。")
        assert said.do.endswith("。") or not said.do
    for text in glossary().columns.values():
        assert len(text) <= 40
        assert not text.endswith("。")
    for remedy in glossary().remedies.values():
        assert len(remedy.title) <= 20
        assert all(len(step.do) <= 80 and step.do.endswith("。") for step in remedy.steps)


@pytest.mark.parametrize("table", CURRENT, ids=TABLES)
def test_told_in_the_order_of_the_table(table: TableForm) -> None:
    said = told(table)

    assert [row.id for _, rows in said.groups for row, _ in rows] == list(table.lines)
    assert {column.id for column, _ in said.columns} == _columns(table)


def test_rows_stand_in_their_groups() -> None:
    groups = [label for label, _ in told(official()["2021"].tables["t3"]).groups]

    assert groups == ["", "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理", ""]


# --- on the page ---------------------------------------------------------------------------------------------


def _report(form: Form, year: int) -> Report:
    report, problems = decode(parse(yaml_text(base(form, year))), UNIT, year, {form.id: form})
    assert report is not None, problems
    return report


def _body(report: Report) -> str:
    unit = Unit(UNIT, "示例镇", kinds()["镇"])
    subject = Subject(report, unit, (report,), REGISTER, "x", 2028)
    return report_page(subject, Verdict(()), Place((), (report.year,))).body


def test_each_label_leads_to_its_explanation_below_the_table() -> None:
    body = _body(_report(official()["2021"], 2022))
    read = Read(body)

    for id_, table in official()["2021"].tables.items():
        drawn, _, below = body[body.index(f'<table id="{id_}"') :].partition("</table>")
        block = below[: below.index("</details>")]
        assert block.count("<details") == 1
        for row in table.lines:
            assert drawn.count(f'href="#about-{id_}.{row}"') == 1
            assert f'id="about-{id_}.{row}"' in block
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)


def test_each_row_has_an_anchor() -> None:
    """But in a table laid across, where one line holds several rows."""
    ids = set(Read(_body(_report(official()["2019"], 2020))).ids)

    assert {f"t3.{row}" for row in official()["2019"].tables["t3"].lines} <= ids
    assert "t2.licensing" in ids


def test_the_markdown_page_has_no_links_to_what_it_does_not_hold() -> None:
    assert 'href="#' not in report_markdown(_report(official()["2021"], 2022))


def test_the_explanations_of_a_past_form_are_light() -> None:
    """Its table is the longest; its page stays far below the 25,000 bytes of test_speed.py, the shell not counted."""
    body = _body(_report(official()["2014"], 2016))

    assert body.count('<details class="meanings"') == 1
    assert "申请人可以怎么办" not in body
    assert len(gzip.compress(body.encode())) < 15_000


def test_a_form_of_which_little_is_said() -> None:
    """Rows that are known by their id are explained, others are plain; a table of unknown rows has no block."""
    form = load([NEW])["2027"]
    body = _body(_report(form, 2027))
    rows = {
        id_: [row.id for _, rows in told(form.tables[id_]).groups for row, _ in rows] for id_ in form.tables
    }

    assert rows == {"t3": ["new", "granted", "denied_law", "total"], "t5": [], "t6": []}
    assert body.count('<details class="meanings"') == 1
    assert "由模型生成" in body
    assert 'href="#about-t3.denied_ai"' not in body
    assert meanings(form.tables["t5"], "x") == ""


def test_what_is_said_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    evil = Entry("<b>&", "<i>", '"><script>', "")
    known = glossary()
    monkeypatch.setattr("build_tools.glossary.glossary", lambda: replace(known, rows={"t3.new": evil}))
    table = replace(official()["2021"].tables["t3"])

    assert "<b>" not in meanings(table, '"><b>')
    assert "<script" not in meanings(table, '"><b>')
