"""Fixed phrases: every slip of one character is found, wherever it is, and nothing that is right."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.rules.aids.phrases import LONG, _phrases, slips
from tests.synthetic import archive

KNOWN = _phrases()
PHRASES = {phrase.text: phrase for phrases in KNOWN.heads.values() for phrase in phrases}
OTHER = "某"
"""A character that no phrase has: any other in the place of a right one."""


def slipped(text: str) -> Iterator[str]:
    """The text with each character left out, doubled, changed, and each two neighbours swapped."""
    for at, char in enumerate(text):
        yield text[:at] + text[at + 1 :]
        yield text[:at] + char + text[at:]
        for group in (*KNOWN.alike, OTHER):
            if char in group or group == OTHER:
                yield from (text[:at] + like + text[at + 1 :] for like in group if like != char)
        if at + 1 < len(text) and text[at + 1] != char:
            yield text[:at] + text[at + 1] + char + text[at + 2 :]


def concerns(phrase: str, slip: str) -> bool:
    """Whether a slip is one that the rule promises to find: it hurts the phrase, and not at an end that is open."""
    known = PHRASES[phrase]
    inner = slip[1:] if known.open == "start" else slip[:-1] if known.open == "end" else slip
    whole = phrase[1:] if known.open == "start" else phrase[:-1] if known.open == "end" else phrase
    return not any(form in slip for form in known.forms) and whole not in slip and inner != whole


@pytest.mark.parametrize("phrase", PHRASES)
def test_every_slip_is_found(phrase: str) -> None:
    wanted = [slip for slip in dict.fromkeys(slipped(phrase)) if concerns(phrase, slip)]
    missed = [slip for slip in wanted if not list(slips(f"坚持{slip}，公开信息。"))]
    assert len(wanted) > 2 * len(phrase)
    assert missed == []


@pytest.mark.parametrize("phrase", [phrase for phrase in PHRASES if len(phrase) >= LONG])
def test_two_slips_in_a_long_phrase(phrase: str) -> None:
    """Two characters changed between its ends, not both of which are known."""
    ends = PHRASES[phrase].ends
    for at in range(ends, len(phrase) - 2):
        slip = phrase[:at] + OTHER * 2 + phrase[at + 2 :]
        assert list(slips(f"坚持{slip}，公开信息。")), slip


@pytest.mark.parametrize("phrase", KNOWN.quoted)
def test_short_phrases(phrase: str) -> None:
    """In quotation marks: what drops or swaps characters, and what sounds or looks alike; any other words are words."""
    likely = [slip for slip in slipped(phrase) if len(slip) <= len(phrase) and OTHER not in slip]
    for slip in likely:
        told = [found.phrase for found in slips(f"增强“{slip}”，公开信息。")]
        assert told == ([] if slip in KNOWN.quoted else [phrase]), slip
        assert list(slips(f"增强{slip}，公开信息。")) == []
    assert list(slips("增强“四个方面”“三个意识”“两个确保”“四个服务”“两个责任”“五个一律”")) == []


@pytest.mark.parametrize("wrong", KNOWN.wrong)
def test_names(wrong: str) -> None:
    (found,) = (slip for slip in slips(f"学习{wrong}讲话") if slip.phrase == KNOWN.wrong[wrong])
    assert (found.start, found.end) == (2, 2 + len(wrong))


@pytest.mark.parametrize("form", sorted(KNOWN.forms))
def test_what_is_right(form: str) -> None:
    """In any company, and broken by a line's end, a space or marks."""
    for around in (
        "{}",
        "以{}为指导",
        "全面贯彻{}精神",
        "“{}”的要求",
        "在{}上",
        "{}制度",
        "{}建设",
        "{}体系",
    ):
        assert list(slips(around.format(form))) == []
    for at in range(1, len(form)):
        for gap in ("\n", " ", "**", "”"):
            assert list(slips(f"坚持{form[:at]}{gap}{form[at:]}，公开信息。")) == []


RIGHT = """以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大和二十届二中、三中全会精神，深刻领悟“两个确立”的决定性意义，
增强“四个意识”、坚定“四个自信”、做到“两个维护”。深入学习贯彻习近平法治思想和习近平总书记重要讲话、重要指示批示精神，习近平经济思想、
习近平外交思想、习近平强军思想、习近平文化思想。高举中国特色社会主义伟大旗帜，坚持和发展中国特色社会主义，走中国特色社会主义法治道路，建设有中国特色
的社会主义法治体系。以马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观为指导。实现中华民族伟大复兴的中国梦，全面建设社会主义
现代化强国，以中国式现代化全面推进强国建设。发展中国家现代化。培育和践行社会主义核心价值体系、社会主义核心价值。推进基层治理体系和治理能力现代化，推进
县域治理体系和治理能力建设。全面依法治县、全面依法治市、全面从严管党治党。打造人民满意的政府，建设服务型政府，使权力在阳光下运行，确保权力在
阳光下公开运行。依据《中华人民共和国政府信息公开条例》《中华人民共和国行政复议法》。全国人民代表大会常务委员会、区人民代表大会。践行全心全意为人民服务的
宗旨，坚持以人民为中心，人民对美好生活的向往。供给侧改革。中国共产党某某镇第十三次代表大会。四个意见、两个方面。"""


def test_nothing_is_found_in_what_is_right() -> None:
    assert list(slips(RIGHT)) == []
    assert list(slips("".join(RIGHT.split()))) == []


def test_nothing_is_found_in_synthetic_reports(tmp_path: Path) -> None:
    archive(tmp_path, 60)
    files = sorted(tmp_path.glob("reports/*/*/*/[12]*.yml"))
    assert len(files) == 60
    assert [slip for file in files for slip in slips(file.read_text(encoding="utf-8"))] == []


def test_what_is_cut_off_is_no_slip() -> None:
    """A copy may end anywhere."""
    text = "以习近平新时代中国特色社会主义思想为指导，实现中华民族伟大复兴"
    assert [text[:at] for at in range(len(text)) if list(slips(text[:at]))] == []


@given(st.text(st.sampled_from("习近平新时代中国特色社会主义思想伟大复兴人民共和“”四个意识 \n")))
def test_any_text(text: str) -> None:
    assert all(0 <= slip.start < slip.end <= len(text) for slip in slips(text))


@pytest.mark.parametrize("piece", sorted({*KNOWN.heads, *KNOWN.tails, "“", "“四个意”"}))
def test_time_grows_with_length(piece: str) -> None:
    def took(length: int) -> float:
        text = (piece * length)[:length]
        return max(min(_timed(text) for _ in range(2)), 0.01)

    assert took(16_000) < 30 * took(2_000)


def _timed(text: str) -> float:
    start = time.perf_counter()
    list(slips(text))
    return time.perf_counter() - start
