"""Strict reading: what is refused, where, all of it at once, and never with a traceback."""

import re
import time
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from build_tools.decode import decode
from build_tools.finding import Problem
from build_tools.forms import official
from build_tools.model import Kin
from build_tools.source import MAX_BYTES, MAX_DEPTH, Source, decode_bytes, parse, plain
from build_tools.units import decode_unit, read_divisions
from build_tools.write import unit_text

CASES = Path(__file__).parent / "cases"
WORDS = ("a", "甲", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", "#", " #", "|", ">", '"', "'", "\\")
MARKS = ("&x ", "*x", "!t ", "---\n", "...\n", "? ", "%", "~", "010", "\t", "\r", "\ufeff", "格式", "无")
YAMLISH = st.lists(st.sampled_from((*WORDS, *MARKS))).map("".join)


def cases(name: str, key: str) -> list[Any]:
    data = cast("dict[str, Any]", plain((CASES / name).read_text(encoding="utf-8")))
    return [pytest.param(case, id=case["why"]) for case in data[key]]


def text_of(case: dict[str, Any]) -> str:
    return re.sub(r"<U\+([0-9A-F]{4})>", lambda match: chr(int(match[1], 16)), case["text"])


def found(problems: tuple[Problem, ...], source: Source) -> list[str]:
    """Rule and place of each problem, in the order of the file."""
    placed = [((p.at or source.locate(p.path))[:2], p.rule) for p in problems]
    return [f"{rule} {line}:{column}" for (line, column), rule in sorted(placed)]


@pytest.mark.parametrize("case", cases("source.yml", "refuses"))
def test_refused(case: dict[str, Any]) -> None:
    source = parse(text_of(case))

    assert found(source.problems, source) == case["finds"]
    assert case.get("says", "") in "".join(p.message + p.hint for p in source.problems)
    assert decode(source, "330411103", 2020, official())[0] is None


@pytest.mark.parametrize("case", cases("source.yml", "reads"))
def test_read(case: dict[str, Any]) -> None:
    source = parse(text_of(case))

    assert source.root is not None
    assert source.problems == ()


@pytest.mark.parametrize("case", cases("decode.yml", "refuses"))
def test_wrong_shape(case: dict[str, Any]) -> None:
    source = parse(text_of(case))
    report, problems = decode(source, "330411103", 2020, official())

    assert report is None
    assert found(problems, source) == case["finds"]
    assert case.get("says", "") in "".join(p.message + p.hint for p in problems)


SLIPS = [case for name in ("source.yml", "decode.yml") for case in cases(name, "slips")]


@pytest.mark.parametrize("case", SLIPS)
def test_slip(case: dict[str, Any]) -> None:
    """A slip of the keyboard is shown where it is, and mending it just there helps."""
    source = parse(case["text"])
    _, problems = decode(source, "330411103", 2020, official())
    there = ["{}:{}".format(*(p.at or source.locate(p.path))) for p in problems]
    assert case["at"] in there
    slip = problems[there.index(case["at"])]
    assert case["says"] in slip.message + slip.hint

    after = parse(case["mended"])
    assert after.problems == ()
    assert slip.message not in {p.message for p in decode(after, "330411103", 2020, official())[1]}


def test_libyaml_is_heard_in_chinese() -> None:
    """Whatever it says of a broken text, no English is left."""
    broken = ("甲: [1", "甲: {a: 1", '甲: "一', "甲: 乙: 丙", "甲: - 1", "甲: @x", '甲: "\\q"', "甲: | 文字")
    more = (
        "甲: *",
        "甲: &",
        "甲: ]",
        "甲:\n - 1\n 乙: 2",
        "甲:\n  a: 1\n b: 2",
        "a: 1\nb\n",
        '甲: "一\n---\n',
    )
    for text in (*broken, *more):
        (problem,) = parse(text).problems
        assert problem.rule == "YAML-SYNTAX"
        assert not re.search("[a-z]{4}", problem.message), problem.message


def test_too_large() -> None:
    text, problems = decode_bytes(b"a" * (MAX_BYTES + 1))

    assert text == ""
    assert [(p.rule, p.at) for p in problems] == [("YAML-SIZE", (1, 1, 1, 1))]
    assert str(MAX_BYTES + 1) in problems[0].message
    assert decode_bytes(b"a" * MAX_BYTES)[1] == ()


@pytest.mark.parametrize(
    ("data", "at"),
    [
        ("标题: 一\n甲: ".encode() + "甲".encode("gbk"), (2, 4, 2, 5)),
        (b"\xff\xfe", (1, 1, 1, 2)),
        ("甲".encode()[:2], (1, 1, 1, 2)),
        (b"a: \xed\xa0\x80", (1, 4, 1, 5)),
    ],
    ids=["GBK", "UTF-16", "cut off", "surrogate"],
)
def test_not_utf_8(data: bytes, at: tuple[int, int, int, int]) -> None:
    text, problems = decode_bytes(data)

    assert text == ""
    assert [(p.rule, p.at) for p in problems] == [("YAML-CHARACTER", at)]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_bomb(opening: str) -> None:
    """However deep and in whatever style, reading stops early and says so."""
    source = parse(opening * 100_000)

    assert source.root is None
    assert {p.rule for p in source.problems} <= {"YAML-FEATURE", "YAML-SYNTAX"}
    assert source.problems
    at_limit = parse("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert at_limit.problems == ()


@pytest.mark.parametrize(
    "unit",
    [
        "\r",
        "#\n",
        "a: b #\n",
        "1",
        "１",
        "1_",
        "1:30",
        "a: no\n",
        "- &x 1\n",
        "- a: {b: c}\n",
        "? ",
        "'",
        "|\n",
        " ",
    ],
    ids=repr,
)
def test_a_full_mebibyte_is_read_in_time(unit: str) -> None:
    """No text that is allowed its size makes reading slow out of proportion."""
    text = (unit * MAX_BYTES)[: MAX_BYTES // len(unit[0].encode())]
    start = time.process_time()
    decode(parse(text), "330411103", 2020, official())
    decode(parse("".join(f"k{i}: 1\n" for i in range(60_000))), "330411103", 2020, official())

    assert time.process_time() - start < 20


def test_alias_bomb() -> None:
    """Aliases are never expanded."""
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 20)]
    source = parse("\n".join(lines))

    assert {p.rule for p in source.problems} == {"YAML-FEATURE"}
    assert len(source.problems) == 20


def test_many_problems_of_one_sort_do_not_bury_the_others() -> None:
    source = parse("".join(f"k{i}: no\r\n" for i in range(1000)) + "k0: 1\n")

    assert [p.rule for p in source.problems].count("YAML-SCALAR") == 20
    assert [p.rule for p in source.problems].count("YAML-CHARACTER") == 20
    assert "YAML-DUPLICATE" in {p.rule for p in source.problems}


@given(st.text() | YAMLISH)
@example("\ud800: \udfff")
@example("a: !<tag:é> b")
@example('"\\ud800": 1')
def test_no_text_makes_a_traceback(text: str) -> None:
    """Whatever the text: a value without problems, or problems with places in the text."""
    source = parse(text)
    report, problems = decode(source, "330411103", 2020, official())
    unit, unit_problems = decode_unit(source, "330411103")

    assert (report is None) == bool(problems)
    assert (unit is None) == bool(unit_problems)
    lines = text.count("\n") + 2
    for problem in (*problems, *unit_problems):
        line, column, *_ = problem.at or source.locate(problem.path)
        assert 1 <= line <= lines
        assert column >= 1
        assert problem.rule
        assert problem.message
        assert problem.hint


@given(st.binary())
def test_no_bytes_make_a_traceback(data: bytes) -> None:
    text, problems = decode_bytes(data)

    assert problems or text.encode() == data


@given(
    st.text()
    | st.lists(st.sampled_from(["33,浙江省,,,", '"', ",", "\n", "1", "2019", "\x00", "\r"])).map("".join)
)
def test_no_register_makes_a_traceback(text: str) -> None:
    divisions, problems = read_divisions("code,name,valid_from,valid_to,successor\n" + text)

    assert all(p.at and p.at[0] >= 2 for p in problems)
    assert all(code == division.code for code, division in divisions.items())


@pytest.mark.parametrize("case", cases("units.yml", "refuses"))
def test_unit_refused(case: dict[str, Any]) -> None:
    source = parse(case["text"])
    unit, problems = decode_unit(source, "330411103")

    assert unit is None
    assert found(problems, source) == case["finds"]
    assert case["says"] in "".join(p.message + p.hint for p in problems)


def test_unit_kin() -> None:
    """An id alone, or with the year from which on it counts."""
    text = "名称: 甲镇\n类别: 镇\n前身: [330411104, {编号: 330411105, 年: 2019}]\n后继: [330411106]\n"
    unit, problems = decode_unit(parse(text), "330411103")

    assert problems == ()
    assert unit
    assert unit.predecessors == (Kin("330411104"), Kin("330411105", 2019))
    assert unit.successors == (Kin("330411106"),)
    assert (
        "前身:\n  - 编号: 330411104\n    年: ~\n  - 编号: 330411105\n    年: 2019\n后继: [330411106]\n"
        in unit_text(unit)
    )


def test_register_line_numbers() -> None:
    """Blank lines are passed over, and counted."""
    text = (
        "code,name,valid_from,valid_to,successor\n33,浙江省,,,\n\n33,又是,,,\n3,一位,,,\n3304,嘉兴市,,,,多\n"
    )
    divisions, problems = read_divisions(text)

    assert list(divisions) == ["33"]
    assert [p.at[0] for p in problems if p.at] == [4, 5, 6]
