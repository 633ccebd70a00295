"""The sentences on a report: grammar for none, one and many, and nothing said that the figures do not say."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.archive import Subject
from build_tools.brief import Figures, Line, brief, change, changed_groups
from build_tools.brief.words import count, listed, percent
from build_tools.decode import decode
from build_tools.forms import official
from build_tools.indicators import readings
from build_tools.model import Report, Unit
from build_tools.source import parse, plain
from build_tools.units import kinds
from tests.casework import REGISTER, UNIT, base, noughts, put, yaml_text
from tests.strategies import any_report

CASES = cast(
    "list[dict[str, Any]]", plain((Path(__file__).parent / "cases/brief.yml").read_text(encoding="utf-8"))
)


def _blank(tree: dict[str, Any]) -> dict[str, Any]:
    """The same table with nothing filled in."""
    return {
        key: _blank(below)
        if isinstance(below, dict)
        else ["~"] * len(below)
        if isinstance(below, list)
        else "~"
        for key, below in tree.items()
    }


def _report(case: dict[str, Any], year: int) -> Report:
    form = case.get("form", "2021")
    main = form["主动公开"] if isinstance(form, dict) else form
    tree = base(official()[main], year)
    if isinstance(form, dict):
        tree["格式"] = form
        for key, other in form.items():
            tree[key] = next(
                noughts(table) for table in official()[other].tables.values() if table.key == key
            )
    for key in case.get("blank", ()):
        tree[key] = _blank(tree[key])
    for path, value in case.get("put", {}).items():
        put(tree, path, value)
    report, problems = decode(parse(yaml_text(tree)), UNIT, year, official())
    assert report, problems
    return report


def _figures(report: Report) -> Figures:
    return Figures.of(report, readings(report))


def _said(lines: tuple[Line, ...]) -> dict[str, str]:
    return {
        line.about: "".join(f"{s.text}{''.join(f'[{rule}]' for rule in s.rules)}。" for s in line.said)
        for line in lines
    }


def _brief(report: Report, last: Report | None, *, changed: bool = False) -> dict[str, str]:
    unit = Unit(UNIT, "示例镇", kinds()["镇"])
    series = (last, report) if last else (report,)
    subject = Subject(report, unit, series, REGISTER, "x", 2026, lineage_changed=changed)
    return _said(brief(subject, _figures(report), _figures(last) if last else None))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_case(case: dict[str, Any]) -> None:
    """Each line that a case names stands so on the page; ~ says that there is no such line."""
    year = int(case.get("year", 2022))
    last = _report({"form": case.get("form", "2021"), **case["last"]}, year - 1) if "last" in case else None
    said = _brief(_report(case, year), last, changed="lineage_changed" in case)

    assert {about: said.get(about, "~") for about in case["says"]} == case["says"]


@settings(max_examples=30)  # a report is costly to make
@given(st.data())
def test_anything_is_said_in_whole_sentences(data: st.DataObject) -> None:
    """Of any report beside any other: no empty sentence, none that is taken up twice, no share of less than five."""
    report, last = data.draw(any_report()), data.draw(st.none() | any_report())
    lines = brief(
        Subject(report, Unit(UNIT, "示例镇", kinds()["镇"]), (report,), REGISTER, "x", 2026),
        _figures(report),
        _figures(last) if last else None,
    )
    done = _figures(report).numbers.get("handled")
    texts = [said.text for line in lines for said in line.said]

    assert lines
    assert len(texts) == len(set(texts)) or any("印作" in text for text in texts)
    for text in texts:
        told = re.sub("“[^”]*”", "", text)
        assert text
        assert not re.search("[。，；：、]$|^[，；：、]|[，；：、]{2}|Decimal|None", told)
        assert not re.search(r"占\d+%", told) or (done is not None and done >= 5)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_shares(part: int, rest: int) -> None:
    """A share is never nought and never all, and right to a hundredth elsewhere."""
    told = int(percent(part, part + rest).removesuffix("%"))

    assert 1 <= told <= 99
    assert told in {1, 99} or abs(told - 100 * part / (part + rest)) <= 0.5


def test_words() -> None:
    assert [
        count(3),
        count(Decimal("3.200"), "万元"),
        count(Decimal("0.00"), "万元"),
        count(Decimal(100), "元"),
    ] == [
        "3件",
        "3.2万元",
        "0万元",
        "100元",
    ]
    assert [listed(["行政许可决定", "行政处罚决定"]), listed(["甲"]), listed(["甲", "乙"]), listed([])] == [
        "行政许可、行政处罚决定",
        "甲",
        "甲、乙",
        "",
    ]


def test_every_indicator_beside_last_year() -> None:
    """Numbers have a difference where they are of the same thing; whatever is none stays as it is printed."""
    last = _report(
        {
            "form": "2019",
            "put": {
                "申请/新收": ["0"] * 6 + ["3"],
                "申请/予以公开": ["~"] * 7,
                "申请/部分公开": ["0"] * 6 + ["4"],
                "申请/其他处理": ["0"] * 6 + ["1"],
            },
        },
        2020,
    )
    now = _report(
        {
            "put": {
                "申请/新收": ["0"] * 6 + ["5"],
                "申请/上年结转": ["0"] * 6 + ["/"],
                "主动公开/行政许可": "缺",
            }
        },
        2021,
    )
    figures, before = _figures(now), _figures(last)
    found = {
        id_: change(id_, before.read.get(id_), figures.read.get(id_))
        for _, ids in changed_groups(figures, before)
        for id_ in ids
    }

    assert {id_: found[id_].difference for id_ in ("new", "partial", "denied", "granted", "carried_in")} == {
        "new": 2,
        "partial": -4,
        "denied": 0,
        "granted": None,
        "carried_in": None,
    }
    assert {id_ for id_, one in found.items() if one.apart} == {"other", "normative_made"}
    assert [found["fees"].label, found["fees"].before, found["fees"].difference] == [
        "行政事业性收费（万元）",
        None,
        None,
    ]
