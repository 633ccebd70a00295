"""The form page's scripts in a real browser: they find what the checker finds and write what the writer writes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from build_tools.decode import decode
from build_tools.decode.cells import read_cell
from build_tools.form import TableForm
from build_tools.forms import load, official
from build_tools.model import Report, Table
from build_tools.rules import RULES
from build_tools.rules.view import View
from build_tools.source import parse
from build_tools.source.scalars import written
from build_tools.submit import TRIED
from build_tools.write import report_text
from tests.casework import Case, cases, subject
from tests.strategies import AWKWARD, any_report
from tests.submitwork import CHECK, WRITE, asked, found, report_told, scripts

ROOT = Path(__file__).parent.parent
REPORTS = sorted(
    [*ROOT.glob("reports/*/*/*/[12]*.yml"), *ROOT.glob("tests/miniature/reports/*/*/*/[12]*.yml")]
)
CASES = [case for id_ in TRIED for case in cases(id_) if "text" not in case.data]

pytestmark = pytest.mark.xdist_group("submit-scripts")
small = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with the scripts."""
    brought = [
        form for case in CASES if "form_text" in case.data for form in load([case.data["form_text"]]).values()
    ]
    with scripts(browser, brought) as page:
        yield page


def read(path: Path) -> Report:
    report, problems = decode(
        parse(path.read_text(encoding="utf-8")), path.parent.name, int(path.stem), official()
    )
    assert report is not None, problems
    return report


# --- findings ----------------------------------------------------------------------------------------------


def test_every_declared_relation_is_tried() -> None:
    """Whatever a form declares, its rule says how it is told; and no such rule holds for some years only."""
    named = {
        relation.rule
        for form in official().values()
        for t in form.tables.values()
        for relation in t.relations
    }
    assert named <= set(TRIED)
    assert [rule.id for rule in RULES if rule.id in TRIED and (rule.since or rule.until)] == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_cases_of_the_rules(page: Page, case: Case) -> None:
    """In the examples of the catalogue the page finds what the checker finds, word for word."""
    view = View.of(subject(case.data))
    expected, questions = found(view), asked(view)
    answers = page.evaluate(CHECK, list(questions.values()))
    for id_, answer in zip(questions, answers, strict=True):
        assert sorted(map(tuple, answer)) == expected[id_]


ODD = ["", "", "缺", "-", "无", "3件", "+2", "-1", "1.5", "2.50", "零", "12万元", "9" * 18, "0.0000001"]
ROUNDS = 400


def _table(form: TableForm, form_id: str, chance: Random) -> Table:
    """A table of noughts in which some rows hold small figures, or odd ones; often they nearly add up."""
    rows = {}
    busy = set(chance.sample(sorted(form.lines), min(len(form.lines), chance.randrange(8))))
    odd = chance.random() < 0.5
    for id_, line in form.lines.items():
        figures = ["0" if id_ not in busy else str(chance.randrange(4)) for _ in line.columns]
        if id_ in busy and odd:
            figures[chance.randrange(len(figures))] = chance.choice(ODD)
        elif id_ in busy and len(figures) > 1:
            figures[-1] = str(sum(map(int, figures[:-1])))
        rows[id_] = tuple(read_cell(raw, column) for raw, column in zip(figures, line.columns, strict=True))
    return Table(form, form_id, rows)


def _view(chance: Random) -> View:
    """A report with such tables, perhaps beside one on the year before, perhaps in another form."""
    about = subject({"year": 2022})
    forms = [form for form in official().values() if form.tables]
    then, now = (
        replace(
            about.report,
            form=(form := chance.choice(forms)),
            year=year,
            tables={id_: _table(table, form.id, chance) for id_, table in form.tables.items()},
        )
        for year in (2021, 2022)
    )
    series = (then, now) if chance.random() < 0.7 else (now,)
    return View(now, about.unit, series, about.register, about.file, about.now)


def test_any_table(page: Page) -> None:
    """Whatever stands in tables, both find the same, and both find a lot."""
    chance = Random(6)  # noqa: S311  # the same tables each time
    views = [_view(chance) for _ in range(ROUNDS)]
    answers = iter(page.evaluate(CHECK, [question for view in views for question in asked(view).values()]))
    rules: set[str] = set()
    for view in views:
        for told in found(view).values():
            assert sorted(map(tuple, next(answers))) == told
            rules |= {rule for _, rule, _, _ in told}
    assert rules == set(TRIED) - {"FORM-SUM"}


def test_noughts_and_a_wrong_sum(page: Page) -> None:
    """Nothing is said of a table of noughts, and what is said of a wrong sum names both numbers and the difference."""
    row = ["4", "0", "0", "0", "0", "0", "5"]
    quiet, wrong = (asked(View.of(subject({"set": cells})))["t3"] for cells in ({}, {"申请/新收": row}))
    answers = page.evaluate(CHECK, [quiet, wrong])
    assert answers[0] == []
    assert ["error", "T3-ROW-SUM", "申请/新收/总计"] in [told[:3] for told in answers[1]]
    assert any("自然人 4，应等于 总计 5，差 1" in told[3] for told in answers[1])


# --- files -------------------------------------------------------------------------------------------------


def test_the_reports_of_the_archive(page: Page) -> None:
    """The page writes the files of real reports to the byte."""
    reports = [read(path) for path in REPORTS]
    assert len(reports) > 10
    answers = page.evaluate(WRITE, [report_told(report) for report in reports])
    for path, report, answer in zip(REPORTS, reports, answers, strict=True):
        assert answer == report_text(report), path


def test_the_seeds_are_canonical(page: Page) -> None:
    """What the page writes is what `fmt` left in the archive's own files."""
    paths = sorted(ROOT.glob("reports/*/*/*/[12]*.yml"))
    answers = page.evaluate(WRITE, [report_told(read(path)) for path in paths])
    assert answers == [path.read_text(encoding="utf-8") for path in paths]


@small
@given(any_report())
def test_any_report(page: Page, report: Report) -> None:
    """Any report, odd ones too, in any form or in two."""
    assert page.evaluate(WRITE, [report_told(report)]) == [report_text(report)]


HOSTILE = st.sampled_from(AWKWARD) | st.text(max_size=6) | st.text("0123456789_+-.:eExob٣３ ", max_size=8)
SCALARS = "(asked) => asked.map(([text, flow]) => nianbao.submit.yaml.written(text, flow))"


@small
@given(st.lists(st.tuples(HOSTILE, st.booleans()), max_size=20))
def test_hostile_scalars(page: Page, asked_for: list[tuple[str, bool]]) -> None:
    """A text is quoted where the writer quotes it, and in the same way."""
    expected = [written(text, flow=flow) for text, flow in asked_for]
    assert page.evaluate(SCALARS, [list(one) for one in asked_for]) == expected


def test_awkward_scalars(page: Page) -> None:
    """Each of those that have hurt somebody."""
    texts = [*AWKWARD, "", "a\nb", "\ufeff", "\x85", "\x7f", "a\t", "0000-01-01", "2021-02-29", "2020-02-29"]
    answers = page.evaluate(SCALARS, [[text, flow] for text in texts for flow in (False, True)])
    assert answers == [written(text, flow=flow) for text in texts for flow in (False, True)]
