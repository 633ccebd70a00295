"""Near copies within a county: words, likeness and passages for any text, in linear time; what a reader would say."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from build_tools.archive import Subject
from build_tools.check import catalogue, check
from build_tools.copies import county
from build_tools.copies.county import CountyWords
from build_tools.copies.likeness import SIZE, likeness, passages, shingles
from build_tools.copies.own import Match, Own, alike, names_of, own_words, shared
from build_tools.copies.statutory import statutory
from build_tools.copies.words import clauses, placed
from build_tools.model import Report, Section, Unit
from build_tools.source import parse, plain
from build_tools.units import kinds
from build_tools.write import report_text
from tests.casework import cases, judge, subject
from tests.devset import CORPUS, archive_reports, corpus_reports
from tests.test_reading import PATHOLOGICAL

HERE = Path(__file__).parent
JUDGED = cast("list[dict[str, Any]]", plain((HERE / "cases/copies_judged.yml").read_text(encoding="utf-8")))
REAL = {name: found.report for name, found in archive_reports()}
NAMES = ("油车港镇", "秀洲区", "嘉兴市", "浙江省")
TEXT = st.text(
    st.sampled_from(
        "我本镇全区油车港秀洲2１0一〇年度今.,、。，；：（）()《》#*_- \n\t]h一二三四五的和了件U\u200b⾏①"
    )
    | st.characters(),
    max_size=300,
)


@given(TEXT)
@example("ﬀ")
@example("2021年\u200b度（一）")
def test_places_are_those_of_the_words(text: str) -> None:
    """The slow way finds what the quick one does, in places that lie in the text and run forward."""
    found = placed(text, NAMES)

    assert found.clauses == clauses(text, NAMES)
    for clause, spans in zip(found.clauses, found.spans, strict=True):
        assert len(clause) == len(spans)
    flat = [span for spans in found.spans for span in spans]
    assert all(0 <= start < end <= len(text) for start, end in flat)
    assert flat == sorted(flat)


@given(TEXT, TEXT)
def test_likeness(here: str, there: str) -> None:
    """It is the same both ways, from 0 to 1, and 1 for the same text if it is long enough to say anything."""
    a, b = shingles(here), shingles(there)

    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, a) == (len(here) >= SIZE)


@given(st.text("ab", max_size=60), st.text("ab", max_size=60))
@example("abababababab", "babababa")
def test_passages(here: str, there: str) -> None:
    """Each stands in both texts, the longest comes first, none overlaps; no shared run of characters is left out."""
    found = passages(here, there)

    for one in found:
        assert here[one.here : one.here + one.length] == there[one.there : one.there + one.length]
    assert [one.length for one in found] == sorted((one.length for one in found), reverse=True)
    ordered = sorted(found, key=lambda one: one.here)
    assert all(a.here + a.length <= b.here for a, b in pairwise(ordered))
    assert bool(found) == bool(shingles(here) & shingles(there))


def _report(unit: str, year: int, text: str, section: str = "overview") -> Report:
    model = REAL["411421103/2021"]
    return replace(
        model, unit=unit, year=year, sections=(Section(section, "", text, ("正文", "总体情况")),), waivers=()
    )


def _own(report: Report, name: str = "示例镇") -> Own:
    unit = Unit(report.unit, name, kinds()["镇"])
    return Own(report, unit, names_of(unit, ()))


@given(TEXT, TEXT)
def test_the_shared_passage_lies_in_both_reports(here: str, there: str) -> None:
    """Whatever the texts, the passage is where the finding points."""
    a, b = (_own(_report("330411199", 2021, text)) for text in (here, there))
    assert alike(a, b) == alike(b, a)
    found = shared(a, b)
    if found:
        assert here[slice(*found.span)]
        assert there[slice(*found.other_span)]
        assert len(found.words) == found.span[1] - found.span[0]
        assert found.length >= SIZE


def test_what_is_private_is_masked_in_the_passage() -> None:
    """A number that the passage ends in is masked as in the whole text, where it can be known for what it is."""
    text = "村民张某某的身份证号码是11010519491231002X，他申请公开本村的征地补偿方案和账目明细"
    a, b = _own(_report("330411199", 2021, text)), _own(_report("330411198", 2021, text))
    found = shared(a, b)
    assert found is not None
    assert "19491231" not in found.words


SAYINGS = {
    "2021年我镇公开信息3条，油车港镇人民政府网站": ("YU公开信息#条", "U网站"),
    "（一）主动公开情况。全区发布12.5万条": ("主动公开情况", "U发布#万条"),
    "# 标题\n\n正文，[网站](https://www.example.gov.cn/a)，里说": ("正文", "网站", "里说"),
    "二〇二一年度，本机关 收到\n申请": ("Y", "U收到申请"),
    "１．加强**管理**；2、完善制度": ("加强", "管理", "完善制度"),
    "\u200b嘉\u200b兴市秀洲区油车港": ("U",),
}


@pytest.mark.parametrize("text", SAYINGS, ids=ascii)
def test_words(text: str) -> None:
    """Markup, figures, years, names and numbering are made alike or left out."""
    assert clauses(text, NAMES) == SAYINGS[text]


def test_long_clauses_are_parted() -> None:
    """A text without punctuation is still compared piece by piece."""
    text = "发布群众关心的惠民补贴和危房改造以及征地补偿的公告并且在便民大厅设立查阅点供群众随时查阅了解情况"
    assert len(clauses(text, ())) > 2
    assert "".join(clauses(text, ())) == text


def test_statutory_sentences_are_nobodys_own() -> None:
    """Each sentence of the list leaves nothing, under any name; words of people's own do."""
    data = cast(
        "Mapping[str, list[str]]",
        plain((HERE.parent / "build_tools/copies/statutory.yml").read_text("utf-8")),
    )
    sentences = [sentence for group in data.values() for sentence in group]

    assert not [sentence for sentence in sentences if own_words(sentence)]
    assert len(sentences) == len(set(sentences))
    assert own_words("安排专人每周更新网站栏目")
    assert all(len(clause) < 40 for clause in statutory())


@pytest.mark.parametrize(
    "piece", [*PATHOLOGICAL.values(), "我镇", "的", "](", "http://", "（一）", "加强学习。"], ids=ascii
)
def test_time_is_linear(piece: str) -> None:
    """Four times the text takes about four times as long, passages included; the same text twice is the worst."""

    def took(size: int) -> float:
        found = []
        for _ in range(2):
            a, b = (
                _own(_report(unit, 2021, piece * (size // len(piece)))) for unit in ("330411199", "330411198")
            )
            start = time.process_time()
            alike(a, b)
            likeness(a.shingles, b.shingles)
            shared(a, b)
            found.append(time.process_time() - start)
        return min(found)

    assert took(1 << 16) <= 10 * max(took(1 << 14), 0.002)


def test_a_crowd_is_not_compared_with_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where hundreds say the same, each is compared with a few, and told of one."""
    text = REAL["330411103/2020"].text("overview", "problems")
    crowd = [_report(f"330411{n:03}", 2021, text) for n in range(300)]
    beside = CountyWords((Unit(one.unit, f"第{n}镇", kinds()["镇"]), one, ()) for n, one in enumerate(crowd))
    compared = list[int]()

    def count(own: Own, others: Sequence[Own]) -> Match:
        compared.append(len(others))
        return Match(own, own, 1.0)

    monkeypatch.setattr(county, "closest", count)

    for one in crowd:
        assert beside.nearest(one)
    assert max(compared) <= 4
    assert min(compared) >= 1


@pytest.mark.parametrize("rule", ["DU-PREV", "DU-OTHER", "DU-PREV-SEC5"])
def test_words_point_at_the_passage(rule: str) -> None:
    """The finding stands at the words it quotes."""
    for case in cases(rule):
        if case.fires:
            (found,) = (one for one in judge(case.data).findings if one.rule == rule)
            report = subject(case.data).report
            text = next(s.text for s in report.sections if "/".join(map(str, s.path)) == found.path)
            quoted = found.message.rpartition("“")[2].rstrip("”…")
            assert quoted in "".join(text.split())


def _made(entry: Mapping[str, Any]) -> tuple[Report, Report]:
    """The report of an entry of the development set, and the other that was made of it."""
    report = replace(REAL[entry["report"]], waivers=())
    model = REAL[entry.get("other", entry["report"])]
    sections = tuple(
        replace(one, text=_edited(one.text, entry))
        for one in model.sections
        if one.id == entry.get("only", one.id)
    )
    neighbour = "beside" in entry or "other" in entry
    origin = replace(report.origin, sha256="f" * 64)
    made = replace(report, sections=sections, waivers=(), origin=origin)
    return report, replace(made, unit="330411990") if neighbour else replace(made, year=report.year - 1)


def _edited(text: str, entry: Mapping[str, Any]) -> str:
    for old, new in entry.get("edits", ()):
        text = text.replace(old, new)
    return "\n\n".join(reversed(text.split("\n\n"))) if entry.get("order") == "reversed" else text


def _found(entry: Mapping[str, Any]) -> dict[str, str]:
    report, made = _made(entry)
    unit = Unit(report.unit, entry.get("unit", "某镇"), kinds()["镇"])
    other = (
        unit if made.unit == report.unit else Unit(made.unit, entry.get("beside", "别的镇"), kinds()["镇"])
    )
    series = (report,) if made.unit != report.unit else (made, report)
    beside = CountyWords((whose, one, names_of(whose, ())) for whose, one in ((unit, report), (other, made)))
    looked = Subject(report, unit, series, {}, f"{report.id}.yml", 2026, words=beside)
    found = check(looked, parse(report_text(report))).findings
    return {one.rule: one.severity.value for one in found if one.rule.startswith("DU-")}


@pytest.mark.parametrize("entry", JUDGED, ids=lambda entry: entry["name"])
def test_as_judged(entry: Mapping[str, Any]) -> None:
    """Real reports edited as people edit them: the rules say what a careful reader says, or it is written why not."""
    assert _found(entry) == entry["expect"]
    assert set(entry["expect"]) <= set(catalogue())


def _pairs() -> Iterator[tuple[str, str, float]]:
    reads = [(name, found.report) for name, found in (*archive_reports(), *corpus_reports())]
    owns = [(name, _own(report, name.split("_")[1] if "_" in name else "")) for name, report in reads]
    for at, (name, here) in enumerate(owns):
        yield from ((name, other, alike(here, there)) for other, there in owns[:at])


@pytest.mark.skipif(not CORPUS.exists(), reason="the development corpus is not at hand")
def test_real_reports_are_no_copies() -> None:
    """Of all pairs of real reports none is told of; only two years of one zone come near, both but lists of figures."""
    near = {frozenset((here, there)): degree for here, there, degree in _pairs() if degree > 0.6}

    assert set(near) == {frozenset(("009_平潭综合实验区_2014", "010_平潭综合实验区_2015"))}
    assert max(near.values()) < 0.9
