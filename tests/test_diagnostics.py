"""Findings reach people and machines whole: in place, parseable, and without doing anything to a terminal."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import markdown  # type: ignore[import-untyped]
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from build_tools.diagnostics import FORMATS
from build_tools.diagnostics.glyphs import glyph, safe, width
from build_tools.diagnostics.glyphs import markdown as as_markdown
from build_tools.diagnostics.junit import junit
from build_tools.diagnostics.text import ROOM, excerpt, text
from build_tools.finding import Finding, Severity

GOLDEN = Path(__file__).parent / "golden" / "diagnostics"
HERE = "reports/33/330411/330411103/2020.yml"
EVIL = "a|b\x1b[31m<script>alert(1)</script>\n::error::坏\r\u202e%0A,`*_@all"

SOUND = Finding(
    file=HERE,
    line=3,
    column=13,
    end_line=3,
    end_column=14,
    rule="T3-ROW-SUM",
    path="申请/予以公开/总计",
    message="表三「（一）予以公开」：自然人 1 = 1，应等于 总计 0，差 1",
    hint="逐格对照原件改正抄录。",
    severity=Severity.ERROR,
    unit="330411103",
    year=2020,
)
FINDINGS = [
    SOUND,
    replace(
        SOUND,
        line=4,
        column=3,
        end_line=4,
        end_column=7,
        severity=Severity.WARNING,
        rule="VAL-BLANK",
        path="申请",
    ),
    replace(
        SOUND, line=5, column=120, end_line=5, end_column=124, severity=Severity.INFO, path="正文/总体情况"
    ),
    replace(SOUND, line=6, column=1, end_line=9, end_column=2, path="正文", message="一段跨了几行"),
    replace(SOUND, waived="原件就是这样印的，照录不改。", path="申请/新收/总计"),
    replace(SOUND, file="reports/divisions.csv", line=99, end_line=99, unit="", year=0, path="全文"),
    replace(SOUND, file=f"reports/{EVIL}.yml", path=EVIL, message=EVIL, hint=EVIL, line=7, end_line=7),
    replace(SOUND, file=f"reports/{EVIL}.yml", path=EVIL, message=EVIL, waived=EVIL, line=7, end_line=7),
]
LINES = {
    3: "  予以公开: [1, 0]",
    4: "  部分公开（区分处理的）：é\u0301ü x",
    5: "  " + "这一行很长，" * 19 + "错在这里" + "，后面还有很多话" * 9,
    6: "  正文: |",
    7: EVIL,
}

texts = st.text(
    st.characters(codec="utf-8") | st.sampled_from("#!?:+-*_`~[](){}<>&;|@\\/ \n\r\t1.a年='\"$%,\x1b")
)
findings = st.builds(
    Finding,
    file=texts.filter(bool),
    line=st.integers(1, 9),
    column=st.integers(1, 300),
    end_line=st.integers(1, 9),
    end_column=st.integers(1, 300),
    rule=st.one_of(st.sampled_from(["T3-ROW-SUM", "YAML-SYNTAX", "NO-SUCH"]), texts),
    path=texts,
    message=texts,
    hint=texts,
    severity=st.sampled_from(Severity),
    unit=texts,
    year=st.integers(0, 3000),
    waived=texts,
)
lists = st.lists(findings, max_size=4)


def line(_file: str, number: int) -> str:
    return LINES.get(number, "")


def no_line(_file: str, _number: int) -> str:
    return ""


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str, golden: Callable[[Path, str], None]) -> None:
    """Each format says just this, whatever the order the findings come in."""
    said = FORMATS[name](FINDINGS, line)

    assert FORMATS[name](FINDINGS[::-1], line) == said
    golden(GOLDEN / f"{name}.txt", said)


@pytest.mark.parametrize("name", FORMATS)
def test_golden_of_nothing(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / f"{name}-none.txt", FORMATS[name]([], line))


def test_golden_in_full(golden: Callable[[Path, str], None]) -> None:
    """With colour, the waived ones and the number of reports; files without findings count in JUnit."""
    golden(GOLDEN / "text-verbose.txt", text(FINDINGS, line, reports=5, verbose=True))
    golden(GOLDEN / "text-colour.txt", text(FINDINGS[:2], line, reports=5, colour=True))
    golden(GOLDEN / "junit-files.txt", junit(FINDINGS[:1], line, files=[HERE, "reports/别的.yml"]))


@pytest.mark.parametrize("name", FORMATS)
@given(found=lists)
def test_output_acts_on_no_terminal(name: str, found: list[Finding]) -> None:
    """No control character but the newline gets through, and the text can be written as UTF-8."""
    said = FORMATS[name](found, lambda _file, number: found[number % len(found)].message)

    assert {char for char in said if unicodedata.category(char) in {"Cc", "Zl", "Zp"}} <= {"\n"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", said)
    said.encode()


# ---------------------------------------------------------------------------------------- for people


def position(shown: str, before: int, char: str) -> bool:
    """Whether `char` is shown right above a caret that has `before` columns on its left."""
    return any(width(shown[:i]) == before and shown[i:].startswith(glyph(char)) for i in range(len(shown)))


@given(
    words=st.text(st.characters(codec="utf-8") | st.sampled_from("年报é\u0301，a\t\u200b🀄"), max_size=300),
    data=st.data(),
)
@example(words="\u0301" * 200, data=None)
def test_the_caret_stands_under_its_character(words: str, data: st.DataObject | None) -> None:
    at = data.draw(st.integers(1, len(words) + 1)) if data else len(words) // 2
    shown, before, carets = excerpt(words, at, at + 1)

    assert width(shown) <= ROOM + 2
    assert carets >= 1
    if at <= len(words):
        assert position(shown, before, words[at - 1])
        assert carets == max(width(glyph(words[at - 1])), 1)
    else:
        assert before == width(shown)


@pytest.mark.parametrize(
    ("words", "at", "before"),
    [
        ("abc", 2, 1),
        ("公开abc", 3, 4),
        ("Ａｂｃ", 2, 2),
        ("e\u0301x", 3, 1),
        ("，：（", 3, 4),
        ("\tx", 2, 1),
        ("\u202ex", 2, 6),
        ("“公”", 3, 3),
        ("한글", 2, 2),
    ],
    ids=str,
)
def test_columns_before_the_caret(words: str, at: int, before: int) -> None:
    assert excerpt(words, at, at + 1) == (safe(words), before, width(glyph(words[at - 1])))


@pytest.mark.parametrize("at", [1, 5, 40, 100, 150, 199, 200, 201])
def test_a_long_line_is_cut_around_the_caret(at: int) -> None:
    words = "".join(chr(0x4E00 + i) for i in range(200))
    shown, before, _ = excerpt(words, at, at + 1)

    assert ROOM - 2 <= width(shown) <= ROOM + 2
    assert shown.startswith("…") == (not shown.startswith(words[0]))
    assert shown.endswith("…") == (not shown.endswith(words[-1]))
    assert at > 200 or position(shown, before, words[at - 1])


def test_waived_findings_are_told_only_when_asked() -> None:
    brief, full = (text(FINDINGS, line, verbose=verbose) for verbose in (False, True))

    assert "照录不改" not in brief
    assert "已确认 2 处" in brief
    assert "原文如此：原件就是这样印的" in full


def test_no_colour_unless_asked() -> None:
    assert "\x1b" not in text(FINDINGS, line)
    assert "\x1b" in text(FINDINGS, line, colour=True)


@given(found=findings)
def test_one_finding_starts_one_line(found: Finding) -> None:
    """Editors read the head of a finding as file:line:column."""
    head = text([replace(found, waived="")], no_line).split("\n")[0]
    assert head.startswith(f"{safe(found.file)}:{found.line}:{found.column}: ")


# -------------------------------------------------------------------------------------- for machines


@given(found=lists)
def test_json_gives_back_what_went_in(found: list[Finding]) -> None:
    back = json.loads(FORMATS["json"](found, no_line))
    wanted = [asdict(one) for one in sorted(found)]

    assert back == [
        {
            key: one[key] or None if key in {"unit", "year", "waived"} else one[key]
            for key in one
            if key != "words"
        }
        for one in wanted
    ]


def test_json_keys_are_the_contract() -> None:
    said = FORMATS["json"](FINDINGS, line)
    keys = [
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "rule",
        "severity",
        "path",
        "message",
        "hint",
        "unit",
        "year",
        "waived",
    ]

    assert said.endswith("]\n")
    assert [list(one) for one in json.loads(said)] == [keys] * len(FINDINGS)


def test_half_characters_do_not_break_the_output() -> None:
    """A file name that is no UTF-8 comes in as halves of characters."""
    broken = replace(SOUND, file="reports/\udcff.yml", message="\ud800")
    for name, write in FORMATS.items():
        assert write([broken], line).encode(), name


@given(found=lists)
def test_one_github_command_a_line(found: list[Finding]) -> None:
    said = FORMATS["github"](found, no_line)
    open_ = [one for one in sorted(found) if not one.waived]

    assert len(said.splitlines()) == len(open_)
    for command, one in zip(said.splitlines(), open_, strict=True):
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", command)
        assert match
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        assert unquote(properties["file"]) == safe(one.file, keep="\r\n")
        assert unquote(match[3]) == safe(f"{one.message}\n怎么办：{one.hint}", keep="\r\n")
        assert properties["line"] == str(one.line)


@given(found=lists)
def test_gitlab_marks_are_unique(found: list[Finding]) -> None:
    issues = json.loads(FORMATS["gitlab"]([*found, *found], no_line))
    assert (
        len({issue["fingerprint"] for issue in issues}) == len(issues) == 2 * sum(not f.waived for f in found)
    )


def test_gitlab_marks_outlive_moves() -> None:
    """Lines added above a finding do not make it a new one."""
    moved = [replace(one, line=one.line + 5, end_line=one.end_line + 5) for one in FINDINGS]
    before, after = (json.loads(FORMATS["gitlab"](found, line)) for found in (FINDINGS, moved))
    assert [i["fingerprint"] for i in before] == [i["fingerprint"] for i in after]


TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {
                                                    "properties": {
                                                        "level": {
                                                            "enum": ["none", "note", "warning", "error"]
                                                        }
                                                    }
                                                },
                                                "properties": {"type": "object"},
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": [
                                "ruleId",
                                "ruleIndex",
                                "level",
                                "message",
                                "locations",
                                "suppressions",
                            ],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": TEXT,
                                "partialFingerprints": {"additionalProperties": {"type": "string"}},
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["physicalLocation"],
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation", "region"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "properties": {
                                                            "uri": {"type": "string", "pattern": "^[!-~]+$"},
                                                            "uriBaseId": {"type": "string"},
                                                        }
                                                    },
                                                    "region": {
                                                        "additionalProperties": {
                                                            "type": "integer",
                                                            "minimum": 1,
                                                        }
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                                "suppressions": {
                                    "type": "array",
                                    "items": {
                                        "required": ["kind"],
                                        "additionalProperties": False,
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "status": {"enum": ["accepted", "underReview", "rejected"]},
                                            "justification": {"type": "string"},
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""The part of SARIF 2.1.0 that is used, from the OASIS standard."""


@given(found=lists)
@example(found=FINDINGS)
def test_sarif_is_well_formed(found: list[Finding]) -> None:
    log: Any = json.loads(FORMATS["sarif"](found, no_line))
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]

    assert len(run["results"]) == len(found)
    for result, one in zip(run["results"], sorted(found), strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == one.rule
        assert [s["justification"] for s in result["suppressions"]] == [one.waived] * bool(one.waived)
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert unquote(uri) == one.file


def test_sarif_explains_its_rules() -> None:
    rules = json.loads(FORMATS["sarif"]([SOUND], line))["runs"][0]["tool"]["driver"]["rules"]
    assert "怎么办" in rules[0]["help"]["text"]


@given(found=lists, files=st.lists(texts, max_size=3))
def test_junit_counts(found: list[Finding], files: list[str]) -> None:
    root = ET.fromstring(junit(found, no_line, files=files))  # noqa: S314  # our own output
    cases, clean = root.findall("*/testcase"), {*files} - {one.file for one in found}

    assert len(cases) == len(found) + len(clean) == int(root.attrib["tests"])
    assert len(root.findall(".//failure")) == int(root.attrib["failures"]) == sum(f.blocks for f in found)
    assert (
        len(root.findall(".//skipped")) == int(root.attrib["skipped"]) == sum(bool(f.waived) for f in found)
    )


@given(found=lists)
def test_markdown_is_a_table_of_plain_text(found: list[Finding]) -> None:
    """Rendered, each cell shows the text and holds no markup."""
    said = FORMATS["md"](found, no_line)
    html = MarkdownIt("commonmark").enable("table").render(said)
    cells = re.findall(r"<td>(.*?)</td>", html, re.DOTALL)

    assert len(cells) == 5 * sum(not one.waived for one in found)
    assert not any("<" in cell for cell in cells)


@given(words=texts)
@example(words=EVIL)
@example(words="# 一 {: #x } ![a](b) <!-- & &amp; ~~x~~")
@example(words="1. 甲")
@example(words="!!! note")
@example(words=": 乙")
@example(words="https://evil.example www.evil.example #12 !3 GH-4 &5 %六 ~7 a@b.example")
def test_escaped_text_is_nothing_but_text(words: str) -> None:
    """Both kinds of Markdown show escaped text as it is: no element beside the paragraph, the same words."""
    escaped = as_markdown(words)
    rendered = (
        MarkdownIt("commonmark").enable("table").render(escaped),
        markdown.markdown(escaped, extensions=["tables", "attr_list", "admonition", "def_list"]),
    )
    for html in rendered:
        (root,) = list(ET.fromstring(f"<x>{html}</x>")) or [ET.Element("p")]  # noqa: S314  # our own output
        assert root.tag == "p"
        assert not list(root)
        shown = " ".join((root.text or "").replace("\u200b", "").split())
        assert shown == " ".join(safe(words).split())
