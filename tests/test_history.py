"""What git says is read whatever it says, and two versions of a report are compared cell by cell."""

import unicodedata
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.forms import official
from build_tools.history import Change, Difference, Kind, Unread, last, said
from build_tools.history.change import heard
from build_tools.history.compare import PARTS, difference
from build_tools.history.log import UNSIGNED, WHY, Commit, Touch, commits, legible, written
from build_tools.model import Report
from build_tools.source import plain
from build_tools.write import report_text
from tests.casework import base, put, yaml_text
from tests.strategies import any_report

UNIT, YEAR = "330411103", 2022
CASES: list[dict[str, Any]] = plain(
    Path(__file__).with_name("cases").joinpath("history.yml").read_text("utf-8")
)  # type: ignore[assignment]


# --- two versions of a report --------------------------------------------------------------------------


def _version(case: Mapping[str, Any], which: str) -> bytes:
    if text := case.get(f"{which}_text"):
        return str(text).encode()
    tree = base(official()[case.get("form", "2021")], YEAR)
    for path, value in {**case.get("old", {}), **(case.get("new", {}) if which == "new" else {})}.items():
        put(tree, path, deepcopy(value))
    return f"{yaml_text(tree)}\n".encode()


def _shown(value: tuple[str, str] | None) -> str:
    return "none" if value is None else "/".join(value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_difference(case: Mapping[str, Any]) -> None:
    """Every cell and every part that says something else is named, and no other."""
    found = difference(UNIT, YEAR, _version(case, "old"), _version(case, "new"), official())
    cells = [f"{cell.id} {_shown(cell.old)} {_shown(cell.new)}" for cell in found.cells]
    assert cells == case.get("cells", [])
    assert [part.id for part in found.parts] == case.get("parts", [])
    assert list(found.unread) == case.get("unread", [])
    kind = Kind.LAYOUT if found == Difference() else Kind.CHANGED
    assert said(_change(kind, found)) == case["said"]
    assert heard(found.told()) == found


def _change(kind: Kind, found: Difference | None = None) -> Change:
    return Change(UNIT, YEAR, "2026-01-01T00:00:00Z", "张三", "", "0" * 12, kind, found or Difference())


def test_every_part_has_a_case() -> None:
    """The names of parts are those of the report file, and each is found at least once but the figures."""
    tried = {part for case in CASES for part in case.get("parts", [])}
    assert PARTS.keys() - tried == {"figures"}


@settings(max_examples=25)
@given(any_report(), any_report())
def test_there_and_back(one: Report, other: Report) -> None:
    """Nothing differs from itself, however it is laid out; back again everything differs the other way round."""
    texts = [report_text(report).encode() for report in (one, other)]
    assert difference(UNIT, YEAR, texts[0], texts[0] + b"\n", official()) == Difference()
    there = difference(UNIT, YEAR, texts[0], texts[1], official())
    back = difference(UNIT, YEAR, texts[1], texts[0], official())
    assert {(c.id, c.old, c.new) for c in there.cells} == {(c.id, c.new, c.old) for c in back.cells}
    assert {p.id for p in there.parts if p.id in PARTS} == {p.id for p in back.parts if p.id in PARTS}


def test_another_form() -> None:
    """Cells that only one of two forms has are there in only one version; those that both have are compared."""
    old, new = (f"{yaml_text(base(official()[form], YEAR))}\n".encode() for form in ("2019", "2021"))
    found = difference(UNIT, YEAR, old, new, official())
    gone = {cell.id for cell in found.cells if cell.new is None}
    come = {cell.id for cell in found.cells if cell.old is None}
    assert "t2.licensing.items_delta" in gone
    assert "t2.normative.valid" in come
    assert len(gone) + len(come) == len(found.cells)
    assert "form" in {part.id for part in found.parts}


def test_too_large_to_be_read() -> None:
    """What is more than a report file may hold was not even fetched."""
    sound = _version({}, "old")
    assert difference(UNIT, YEAR, None, sound, official()).unread == (Unread.OLD,)
    assert difference(UNIT, YEAR, sound, b"x" * (1 << 21), official()).unread == (Unread.NEW,)
    assert difference(UNIT, YEAR, None, None, official()) == Difference()


def test_last_change() -> None:
    """To lay a file out anew says nothing new of the report."""
    added, changed, layout = (_change(kind) for kind in (Kind.ADDED, Kind.CHANGED, Kind.LAYOUT))
    assert last([layout, changed, added]) is changed
    assert last([layout, added]) is added
    assert last([layout]) is None
    assert last([]) is None


# --- what git says -------------------------------------------------------------------------------------

IDS = st.one_of(
    st.integers(0, 16**40 - 1).map("{:040x}".format), st.integers(0, 16**64 - 1).map("{:064x}".format)
)
WORDS = st.binary(max_size=40).map(lambda data: data.replace(b"\0", b""))
FILES = st.sampled_from(
    [
        *("33/330411/330411103/2020.yml", "33/330411/330411103/2021.yaml", "33/330411/330411-cz/2020.YML"),
        *(
            "33/330411/330411103/unit.yml",
            "divisions.csv",
            "33/330411/330411103/source/2020.yml",
            ":33/2020.yml",
        ),
        *("33/330411/a\nb/2020.yml", "33/330411/330411103/2020.yml/x", "\n:100644", "33/330411/东/2020.yml"),
    ]
)
MODES = st.sampled_from(["100644", "100755", "120000", "160000", "000000"])
NONE = "0" * 40


@st.composite
def told(draw: st.DrawFn) -> tuple[bytes, Commit]:
    """A commit as git tells of it, and as it is to be understood."""
    parents = draw(st.lists(IDS, max_size=3))
    id_, author, why, at = draw(IDS), draw(WORDS), draw(WORDS), draw(st.integers(-(10**11), 10**13))
    lines, touched = b"", dict[tuple[str, int], Touch]()
    for path in draw(st.lists(FILES, max_size=4, unique=True)):
        modes = [draw(MODES) for _ in range(max(len(parents), 1) + 1)]
        ids = [NONE if mode == "000000" else draw(IDS) for mode in modes]
        colons = ":" * (len(modes) - 1)
        line = f"{colons}{' '.join(modes)} {' '.join(ids)} {'M' * len(colons)}"
        lines += (
            b"" if lines else draw(st.sampled_from([b"\n", b"\0", b""]))
        ) + f"{line}\0prefix/{path}\0".encode()
        if key := _key(path):
            ends = [id_ if mode.startswith("100") else "" for mode, id_ in zip(modes, ids, strict=True)]
            was = touched.get(key, Touch(*key, "", ""))
            touched[key] = Touch(*key, was.old or ends[0], was.new or ends[-1])
    fields = (id_.encode(), " ".join(parents).encode(), str(at).encode(), author, why)
    touches = tuple(touch for _, touch in sorted(touched.items()) if touch.old or touch.new)
    at = min(max(at, 0), 253402300799)
    return b"".join(field + b"\0" for field in fields) + lines, Commit(
        id_, tuple(parents), at, "", legible(why, WHY), touches
    )


def _key(path: str) -> tuple[str, int] | None:
    *way, name = path.split("/")
    known = {"2020.yml", "2021.yaml", "2020.YML"}
    units = {"330411103", "330411-cz"}
    return (way[2], int(name[:4])) if len(way) == 3 and way[2] in units and name in known else None


def _cut(data: bytes, sizes: list[int]) -> Iterator[bytes]:
    for size in sizes:
        yield data[:size]
        data = data[size:]
    yield data


@given(st.lists(told()), st.lists(st.integers(1, 50)))
def test_log(all_told: list[tuple[bytes, Commit]], sizes: list[int]) -> None:
    """Whatever names, reasons and files are called, and wherever a block ends, each commit is understood."""
    blocks = _cut(b"\n".join(data for data, _ in all_told), sizes)
    found = list(commits(blocks, b"prefix/"))
    expected = [commit for _, commit in all_told]
    assert [(c.id, c.parents, c.at, c.why, c.touches) for c in found] == [
        (c.id, c.parents, c.at, c.why, c.touches) for c in expected
    ]


@given(st.lists(st.binary()))
def test_log_of_anything(blocks: list[bytes]) -> None:
    """Bytes that git would never say do no harm."""
    for commit in commits(blocks, b""):
        assert len(commit.why) <= WHY
        assert written(commit.at)


@given(st.one_of(st.text().map(str.encode), st.binary()), st.integers(2, 40))
def test_legible(data: bytes, most: int) -> None:
    """A line is short, and everything in it is seen, in the direction it is read."""
    line = legible(data, most)
    assert len(line) <= most
    assert not {unicodedata.category(char) for char in line} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert line == " ".join(line.split())


NAMES = {
    "张三": "张三",
    " 李  四\t": "李 四",
    "": UNSIGNED,
    "\u200b\u202e": UNSIGNED,
    "zhang@mail.example": UNSIGNED,
    "Zhang <zhang@localhost>": UNSIGNED,
    "张三@油车港镇": "张三@油车港镇",
    "<b>甲</b>": "<b>甲</b>",
    "甲\u202e乙\u0007\x1b[31m": "甲乙[31m",
    "x" * 1_000_000: "x" * 59 + "…",
}


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:12]))
def test_author(name: str) -> None:
    """A name is told as it is, but never an address for mail."""
    fields = [b"1" * 40, b"", b"0", name.encode(), b"why"]
    (found,) = commits([b"".join(field + b"\0" for field in fields)], b"")
    assert found.author == NAMES[name]


def test_times() -> None:
    assert written(0) == "1970-01-01T00:00:00Z"
    assert written(1_700_000_000) == "2023-11-14T22:13:20Z"
    assert written(253402300799) == "9999-12-31T23:59:59Z"
