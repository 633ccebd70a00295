"""The rules that read prose are right nine times in ten on the development set, and get no worse."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.archive import Subject
from build_tools.check import catalogue, check
from build_tools.decode import decode
from build_tools.finding import Problem, Severity
from build_tools.forms import official
from build_tools.manual.judged import Judged, judged
from build_tools.model import Report, Unit
from build_tools.rules import RULES
from build_tools.rules.rule import Outcome
from build_tools.rules.view import View
from build_tools.source import parse
from build_tools.units import kinds
from build_tools.write import report_text
from tests import devset
from tests.casework import UNIT, base, put, yaml_text
from tests.devset import CORPUS, PROSE, READING, findings, tally
from tests.ratio import in_proportion
from tests.test_reading import PATHOLOGICAL

HERE_ALONE = findings(corpus=False)


def test_every_rule_is_judged() -> None:
    """Each rule that reads has its line in the table of the manual."""
    assert set(judged()) == set(READING)


@pytest.mark.parametrize("rule", READING)
def test_no_worse_than_stated(rule: str) -> None:
    """On the archive's own reports and the variations no rule finds more wrong things than the table says."""
    now = Judged(**tally(HERE_ALONE)[rule])

    assert now.wrong <= judged()[rule].wrong
    assert now.made_right >= judged()[rule].made_right
    assert now.real_right >= _here(rule)


def _here(rule: str) -> int:
    """What was judged right of the archive's own reports: it must still be found."""
    return sum(e["rule"] == rule and e["is"] == "right" and "/" in e["report"] for e in devset.judged())


@pytest.mark.parametrize("rule", READING)
def test_precise_enough_for_its_severity(rule: str) -> None:
    """A rule that is right in less than nine of ten is a hint at most."""
    stated = judged()[rule]

    assert stated.right > 0 or rule not in PROSE
    assert (
        10 * stated.right >= 9 * (stated.right + stated.wrong) or catalogue()[rule].severity is Severity.INFO
    )


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development reports are not here")
def test_the_table_is_what_is_found() -> None:
    """With the development reports at hand, the table is just what the judgements come to."""
    assert devset.table_text(tally(findings())) == devset.TABLE.read_text(encoding="utf-8")


def test_an_unjudged_finding_is_wrong() -> None:
    """What nobody has judged counts against the rule."""
    unknown = devset.Found("NT-REQ", "330411103/2020", "没有判断过的话")
    assert tally([unknown])["NT-REQ"]["real_wrong"] == 1


def test_precision_is_told() -> None:
    """Nothing found is no precision; nine of ten is 90 %."""
    assert Judged(0, 0, 0, 0, 3).precision == "—"
    assert Judged(4, 1, 5, 0, 0).precision == "90%"


HOSTILE = {
    **PATHOLOGICAL,
    "lists": "共收到政府信息公开申请3件，其中网络1件，信函1件；",
    "results": "予以公开(予以公开3件，",
    "documents": "制发规范性文件3件废止",
    "disputes": "未发生因政府信息公开行政复议诉讼",
    "fees": "收取信息处理费3元，",
    "shares": "共3条，其中1条，占3%，",
    "published": "全年主动公开政府信息3条，",
}


@cache
def _sound() -> Report:
    tree = base(official()["2021"], 2022)
    cells = {
        "申请/新收": ["3", "0", "0", "0", "0", "0", "3"],
        "主动公开/行政许可": "7",
        "主动公开/行政事业性收费": "7",
    }
    for path, value in {**cells, "复议诉讼/行政复议": ["1", "0", "0", "0", "1"]}.items():
        put(tree, path, value)
    report, _ = decode(parse(yaml_text(tree)), UNIT, 2022, official())
    assert report is not None
    return report


def view_of(text: str) -> View:
    """A report with this text, and figures in its tables to hold it against."""
    sections = _sound().sections
    report = replace(_sound(), sections=(replace(sections[0], text=text), *sections[1:]))
    return View.of(Subject(report, Unit(UNIT, "示例镇", kinds()["镇"]), (report,), {}, "", 2026))


def outcomes(view: View) -> list[Outcome]:
    return [outcome for rule in RULES if rule.prose and rule.check for outcome in rule.check(view)]


PHRASES = st.lists(
    st.one_of(
        st.sampled_from(list(HOSTILE.values())),
        st.sampled_from(
            [
                "其中",
                "其他",
                "等",
                "办结率100%",
                "现行有效",
                "行政许可",
                "结转下年度",
                "\u200b",
                " ",
                "\n\n",
                "**",
            ]
        ),
        st.text(max_size=4),
    ),
    max_size=30,
).map("".join)


@given(PHRASES)
def test_every_finding_points_at_words(text: str) -> None:
    """No text raises in a rule; whatever is found names words that stand in the text."""
    view = view_of(text)
    for found in outcomes(view):
        assert isinstance(found, Problem)
        if found.words and found.path == view.report.sections[0].path:
            first, last = found.words
            assert 0 <= first < last <= len(text)
            quote = " ".join(text[first:last].split())
            assert quote[:20] in found.message


def test_a_finding_stands_at_its_words() -> None:
    """Line and column of a finding are those of the words in the file."""
    section = replace(_sound().sections[0], text="工作平稳。\n\n全年 ５ 件：收到政府信息公开申请 ５ 件。")
    report = replace(_sound(), sections=(section,))
    text = report_text(report)
    view = view_of(section.text)
    finding = next(f for f in check(view, parse(text)).findings if f.rule == "NT-REQ")

    assert text.split("\n")[finding.line - 1][finding.column - 1 : finding.end_column - 1] == (
        "收到政府信息公开申请 ５ 件"
    )


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_rules_take_time_in_proportion(piece: str) -> None:
    """Time grows with the text: no rule runs away on any text, tables not all nought."""
    assert in_proportion(lambda text: outcomes(view_of(text)), piece, 1 << 13)


def test_a_megabyte_is_read() -> None:
    """A file of the greatest size allowed is read to its end."""
    assert outcomes(view_of("未收到申请，" * (1 << 17) + "。全年收到政府信息公开申请 5 件。"))
