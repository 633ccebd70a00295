"""The search's scripts, without a browser: held against the Python they are twins of, and against plain search."""

import gzip
import json
import re
import sys
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from build_tools.check import Verdict
from build_tools.finding import Finding, Severity
from build_tools.form import Form
from build_tools.forms import official
from build_tools.model import Report
from build_tools.render import search
from build_tools.render.documents import report_json
from build_tools.search.document import document, form_labels
from build_tools.search.text import normalise, tokens
from tests.searchnode import LABELLED, START, Engine, Failed, Paper, Shelf, as_json, base64, holds, script
from tests.strategies import any_report

ROOT = Path(__file__).parent.parent
SCRIPTS = sorted((ROOT / "overrides/assets").rglob("*.js"))

pytestmark = pytest.mark.xdist_group("search scripts")
small = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def engine(node: list[str], node_path: Path) -> Iterator[Engine]:
    """The scripts, loaded."""
    running = Engine(node, node_path)
    yield running
    running.close()


def test_the_page_loads_every_script_of_the_search() -> None:
    """Once each, but inflate, which only old browsers need; and in an order in which these tests work too."""
    ours = {path.stem for path in SCRIPTS if path.parent.name == "search"}
    assert sorted(search.SCRIPTS) == sorted(ours - {"inflate"})
    (listed,) = re.findall(
        r"const SCRIPTS = \[(.*)\]", (ROOT / "tests/node/search.js").read_text(encoding="utf-8")
    )
    named = [name for name in re.findall(r'"(\w+)"', listed) if name != "inflate"]
    assert named == [name for name in search.SCRIPTS if name in named]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_syntax(engine: Engine, path: Path) -> None:
    """Browsers from Chrome 80 and Safari 14 read every script: ECMAScript 2018, no lookbehind."""
    assert engine.ask("syntax", file=str(path), version=2018) == ""
    assert "(?<" not in path.read_text(encoding="utf-8")


# --- text: the twin ----------------------------------------------------------------------------------


def assigned(point: int) -> bool:
    return unicodedata.category(chr(point)) not in {"Cn", "Cs", "Co"}


# What a report, a query or a slip of the keyboard may hold. Marks and spaces are frequent: they are the trap.
TEXT = st.text(
    st.sampled_from(
        " \t\n\u3000\u200b\ufeff\u0085\u001c０１２１23ab，。、（）①½²ⅣﬁΣσİßé\u0301\u0308\u3099か가ᄀ\u1161㎏℃😀𠮷々〇"
    )
    | st.characters(min_codepoint=0x4E00, max_codepoint=0x4EFF)
    | st.integers(0, sys.maxunicode).filter(assigned).map(chr)
)


def test_every_character(engine: Engine) -> None:
    """Each character that Python knows is normalised alike, alone and between letters and figures."""
    values = [
        text
        for point in range(sys.maxunicode + 1)
        if assigned(point)
        for text in (chr(point), f"a{chr(point)}1")
    ]
    found = engine.ask("text", call="normalise", values=values)
    assert [(v, f) for v, f in zip(values, found, strict=True) if normalise(v) != f] == []


@small
@given(st.lists(TEXT, min_size=20))
@example(["1 2", "a\u200b b", "1\u2003\u20032", "A\u0301 1", "ΑΣ ΑΣΑ", "①2020", "三安全一\n稳定"])
def test_text(engine: Engine, values: list[str]) -> None:
    """Normalised text and its tokens are those of the index."""
    normal = [normalise(value) for value in values]
    assert engine.ask("text", call="normalise", values=values) == normal
    assert engine.ask("text", call="tokens", values=normal) == [tokens(text) for text in normal]


FEW = st.text("12a 政府é\u0301，\n", max_size=12)


@small
@given(st.lists(st.tuples(FEW, FEW.map(normalise).filter(bool)), min_size=20))
def test_hits(engine: Engine, values: list[tuple[str, str]]) -> None:
    """A phrase is found where its tokens stand in a row; what is marked of the original is that phrase."""
    found = engine.ask("text", call="find", values=[[normalise(text), phrase] for text, phrase in values])
    assert [at >= 0 for at in found] == [holds(text, phrase) for text, phrase in values]
    for (text, phrase), hits in zip(
        values, engine.ask("text", call="hits", values=[[t, [p]] for t, p in values]), strict=True
    ):
        assert bool(hits) == holds(text, phrase)
        for start, end in hits:
            assert phrase in normalise(text[start:end])


# --- files -------------------------------------------------------------------------------------------


def gz(data: bytes, level: int, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, 31, 9, strategy)
    return packer.compress(data) + packer.flush()


SHAPES: dict[str, Callable[[bytes], bytes]] = {
    "stored": lambda data: gz(data, 0),
    "fixed": lambda data: gz(data, 9, zlib.Z_FIXED),
    "literals only": lambda data: gz(data, 9, zlib.Z_HUFFMAN_ONLY),
    "dynamic": lambda data: gz(data, 9),
    "runs": lambda data: gz(data, 6, zlib.Z_RLE),
    "with a name": lambda data: b"\x1f\x8b\x08\x08" + gz(data, 9)[4:10] + b"a.bin\0" + gz(data, 9)[10:],
}
BYTES = st.binary(max_size=400) | st.lists(st.sampled_from([b"abc", b"\0" * 300, "政府信息".encode()])).map(
    b"".join
)


@small
@given(st.lists(st.tuples(BYTES, st.sampled_from(sorted(SHAPES))), min_size=10))
@example([("政府信息公开".encode() * 9000, shape) for shape in SHAPES])
@example([(bytes(range(256)) * 600, shape) for shape in SHAPES])
def test_inflate(engine: Engine, values: list[tuple[bytes, str]]) -> None:
    """Every shape of gzip is unpacked."""
    packed = [base64(SHAPES[shape](data)) for data, shape in values]
    assert engine.ask("inflate", values=packed) == [base64(data) for data, _ in values]


@small
@given(st.lists(st.tuples(BYTES, st.sampled_from(sorted(SHAPES)), st.data()), min_size=1, max_size=8))
def test_inflate_damaged(engine: Engine, values: list[tuple[bytes, str, st.DataObject]]) -> None:
    """Of a file that was cut short or changed nothing is believed."""
    packed, wanted = [], []
    for data, shape, draw in values:
        whole = SHAPES[shape](data)
        at, byte = draw.draw(st.integers(0, len(whole) - 1)), draw.draw(st.integers(0, 255))
        packed += [
            whole[:at],
            whole[:at] + bytes([byte]) + whole[at + 1 :],
            whole[:at] + whole[at + 1 :],
            whole + b"\0",
        ]
        wanted += [base64(data)] * 4
    for text, found in zip(
        wanted, engine.ask("inflate", values=[base64(data) for data in packed]), strict=True
    ):
        assert found in {None, text}


SHELF = Shelf(
    (
        Paper("330400", 2020, "嘉兴市2020年报告", prose=("全市情况。",), requests=7),
        Paper(
            "330411103",
            2019,
            "油车港镇2019年报告",
            ("一、概述",),
            ("完成主动公开270条。", "依申请公开 4 件"),
            ("12",),
            flags=1,
        ),
        Paper(
            "330411103",
            2020,
            "油车港镇2020年报告",
            (),
            ("严格落实“三审”制度，行政机关。", "三安全一\n稳定"),
            ("312",),
            1,
            8,
            0,
            ("t3.granted",),
        ),
        Paper(
            "330411-czj",
            2020,
            "财政局报告",
            (),
            ("于后行政", "政府 行政 复议"),
            ("复议行政",),
            1,
            12,
            3,
            ("t3.granted", "t3.new"),
        ),
        Paper(
            "410182110",
            2021,
            "贾峪镇报告",
            (),
            ("<b>Open Data</b> 2020 年，①2020年。*.?[a-z]+😀",),
            ("公开信息",),
            0,
            2,
            3,
        ),
    ),
    {
        "330400": ("嘉兴市人民政府",),
        "330411103": ("油车港镇", "油车港乡"),
        "330411-czj": ("区财政局",),
        "410182110": ("贾峪镇",),
    },
)


@pytest.fixture
def shelf(engine: Engine, tmp_path: Path) -> Callable[..., Path]:
    """`shelf(SHELF, host)`: the engine reads that site from a host with these habits."""

    def begin(site: Shelf = SHELF, **host: object) -> Path:
        site.put(tmp_path)
        engine.ask("site", folder=str(tmp_path), host=host)
        return tmp_path

    return begin


@pytest.mark.parametrize("habit", ["", "unpacks", "old"])
def test_hosts(engine: Engine, shelf: Callable[..., Path], habit: str) -> None:
    """A host may unpack files or not, a browser may know how to or not."""
    shelf(**({habit: True} if habit else {}))
    assert list(engine.ask("examine", start=START, query="270条")) == ["330411103/2019"]


def test_offline(engine: Engine, shelf: Callable[..., Path]) -> None:
    """From file:// every file comes as a script."""
    folder = shelf(local=True)
    for path in [p for p in folder.rglob("*") if p.is_file()]:
        name = path.relative_to(folder).as_posix()
        data = path.read_bytes() if path.suffix == ".bin" else gzip.compress(path.read_bytes(), mtime=0)
        path.with_name(path.name + ".js").write_bytes(script(name, data))
        path.unlink()
    assert list(engine.ask("examine", start=START, query="270条")) == ["330411103/2019"]
    (folder / "units/330411103/2019/report.json.js").unlink()
    shelf_again = {"folder": str(folder), "host": {"local": True}}
    engine.ask("site", **shelf_again)
    with pytest.raises(Failed, match="missing"):
        engine.ask("examine", start=START, query="270条")


FAULTS: dict[str, dict[str, object]] = {
    "missing": {"status": 404},
    "missing, an object store": {"status": 403},
    "network": {"status": 503},
    "broken": {"page": "<!doctype html><title>404</title>"},
    "network, none": {"unreachable": True},
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("lost", ["start-00000000.bin", "shard*.bin", "help-*.bin", "report.json"])
def test_faults(engine: Engine, shelf: Callable[..., Path], fault: str, lost: str) -> None:
    """What cannot be read is said; it never looks like no results."""
    folder = shelf(**FAULTS[fault])
    for path in folder.rglob(lost):
        path.unlink()
    with pytest.raises(Failed) as failure:
        engine.ask("examine", start=START, query="行政複")
    assert failure.value.args[0] == fault.partition(",")[0]


@pytest.mark.parametrize(
    "habits", [{}, {"unpacks": True}, {"old": True}], ids=["packed", "unpacked", "old browser"]
)
@pytest.mark.parametrize("cut", [0.0, 0.02, 0.5, 0.9, 0.99])
def test_truncated(engine: Engine, shelf: Callable[..., Path], habits: dict[str, bool], cut: float) -> None:
    """Half a file is broken, wherever it ends."""
    shelf(cuts=cut, **habits)
    with pytest.raises(Failed, match="broken"):
        engine.ask("run", start=START, query="行政")


def test_stale_shards(engine: Engine, shelf: Callable[..., Path]) -> None:
    """Shards of another archive, or under another's name, are broken."""
    more = Paper("410182111", 2021, "行政报告", prose=("行政",))
    folder = shelf(Shelf((*SHELF.papers, more), SHELF.names))
    start = gzip.compress(as_json(SHELF.start()))
    (folder / START).write_bytes(start)
    engine.ask("site", folder=str(folder))
    with pytest.raises(Failed, match="broken"):
        engine.ask("lookup", start=START, terms=["行政"])
    shelf()
    index = folder / "search/index"
    shards = sorted(index.glob("shard*.bin"))
    for path, data in zip(shards, [p.read_bytes() for p in (*shards[1:], shards[0])], strict=True):
        path.write_bytes(data)
    engine.ask("site", folder=str(folder))
    with pytest.raises(Failed, match="broken"):
        engine.ask("lookup", start=START, terms=["行政"])


# --- archive and postings ----------------------------------------------------------------------------


def test_archive(engine: Engine, shelf: Callable[..., Path]) -> None:
    """Columns and names are as they were put in."""
    shelf()
    found = engine.ask("archive", start=START)
    assert found["ids"] == SHELF.ids
    papers = {paper.id: paper for paper in SHELF.papers}
    assert found["columns"]["requests"] == [papers[id_].requests for id_ in SHELF.ids]
    assert found["columns"]["flags"] == [papers[id_].flags for id_ in SHELF.ids]
    units = {unit["id"]: unit for unit in found["units"]}
    assert units["330411103"]["aliases"] == ["油车港乡"]
    assert {unit["number"] for unit in found["units"]} == set(SHELF.census.numbers)
    chains = dict(zip((unit["id"] for unit in found["units"]), found["chains"], strict=True))
    assert chains["330411103"] == [["33", "3304", "330411"], "浙江省嘉兴市秀洲区"]
    assert chains["330400"] == [["33", "3304", "330400"], "浙江省嘉兴市本级"]


DAMAGE: dict[str, object] = {
    "format": 2,
    "reports": 6,
    "shards": "shard00",
    "firsts": "b\na",
    "width": 1,
    "counties": [["330411", 3, 0]],
    "ids": "103",
    "unit_names": "甲",
    "unit_kinds": "azaa",
    "years": [1, 1, 1, 1],
    "form_column": "zbaab",
    "flags": "012",
    "requests": [1],
    "kinds": [],
}


@pytest.mark.parametrize("key", DAMAGE)
def test_archive_damaged(engine: Engine, shelf: Callable[..., Path], key: str) -> None:
    """A start whose parts do not fit together is broken."""
    folder = shelf()
    for data in ({**SHELF.start(), key: DAMAGE[key]}, {k: v for k, v in SHELF.start().items() if k != key}):
        (folder / START).write_bytes(gzip.compress(as_json(data)))
        engine.ask("site", folder=str(folder))
        with pytest.raises(Failed, match="broken"):
            engine.ask("archive", start=START)


WORDS = st.text("政府信息公开12 a，", min_size=1, max_size=8)
BLOCKS = st.lists(WORDS, max_size=3).map(tuple)
UNITS = ["330400", "330411103", "330411104", "330411-czj", "410182110"]


@st.composite
def shelves(draw: st.DrawFn) -> Shelf:
    """A handful of reports made of few words, so that all is near to all."""
    chosen = draw(
        st.lists(
            st.tuples(st.sampled_from(UNITS), st.integers(2015, 2024)), unique=True, min_size=1, max_size=8
        )
    )
    papers = tuple(
        Paper(
            unit, year, draw(WORDS), draw(BLOCKS), draw(BLOCKS), draw(BLOCKS),
            draw(st.integers(0, 1)), draw(st.sampled_from([0, 1, 2, 3, 4, 7])), draw(st.integers(-1, 3)),
        )
        for unit, year in chosen
    )  # fmt: skip
    return Shelf(papers, {"330411104": ("信息镇", "公开乡")}, draw(st.sampled_from([20, 100, 9999])))


def begin(engine: Engine, folder: Path, shelf: Shelf) -> None:
    shelf.put(folder)
    engine.ask("site", folder=str(folder))


@small
@given(shelves())
def test_postings(engine: Engine, tmp_path: Path, shelf: Shelf) -> None:
    """Each term gives the reports that hold it, in each zone."""
    begin(engine, tmp_path, shelf)
    papers = {paper.id: paper for paper in shelf.papers}
    terms = [*"政府信息公开a，", "1", "12", "政府", "1政", "不在"]
    for term, zones in engine.ask("lookup", start=START, terms=terms):
        for zone, column in enumerate(zones):
            held = [any(holds(text, term) for text in papers[id_].zones[zone]) for id_ in shelf.ids]
            assert (column or [0] * len(held)) == [int(one) for one in held], (term, zone)


# --- queries -----------------------------------------------------------------------------------------

PARSED = {
    "": [],
    " 　\t": [],
    "政府 信息": ["政府", "信息"],
    "政府　-信息 －公开": ["政府", "-信息", "-公开"],
    "-": [],
    '"" “” - 政': ["政"],
    '"政府 信息" 公开': ["政府信息", "公开"],
    '-"a b"': ["-a b"],
    "“政府 信息”「a b」『公 开』": ["政府信息", "a b", "公开"],
    '"政府 信': ["政府信"],
    "落实“三审”制度": ["落实“三审”制度"],
    "“三审”制度": ["“三审”制度"],
    "“三审": ["“三审"],
    "ＧＤＰ２０２０": ["gdp2020"],
    "a-b": ["a-b"],
    "\u200b \ud800 \x00": [],
}


@pytest.mark.parametrize("query", PARSED)
def test_parse(engine: Engine, query: str) -> None:
    """Blanks part, quotes hold together, a hyphen in front excludes; nothing else means anything."""
    found = engine.ask("parse", query=query)
    assert ["-" * term["not"] + term["phrase"] for term in found["terms"]] == PARSED[query]
    assert found["empty"] is (PARSED[query] == [])


def test_limits(engine: Engine, shelf: Callable[..., Path]) -> None:
    """Queries of any length and make do no harm."""
    shelf()
    assert len(engine.ask("parse", query="政 " * 99)["terms"]) == 32
    for query in ("政府" * 5000, "a" * 5000, "a " * 5000, "😀" * 2500, "1" * 3000, "-" * 3000, '"' * 3000):
        engine.ask("examine", start=START, query=query)
    for query in (
        "<script>",
        "\\",
        "(",
        "[",
        ".*",
        "__proto__",
        "constructor",
        "%",
        "&",
        "+",
    ):
        assert len(engine.ask("examine", start=START, query=query)) < 5
    assert engine.ask("run", start=START, query="\ud83d \u0001")["ranks"] is None
    for query in ("*.?[a-z]+", "😀", "<b>", "①2020年"):
        assert list(engine.ask("examine", start=START, query=query)) == ["410182110/2021"]


def chain(unit: str) -> list[str]:
    places = {
        "330400": ["浙江省嘉兴市本级", "浙江省嘉兴市"],
        "330411": ["浙江省嘉兴市秀洲区"],
        "410182": ["河南省郑州市荥阳市"],
    }
    return places[unit[:6]]


def truth(shelf: Shelf, paper: Paper, phrase: str) -> bool:
    names = shelf.name(paper.unit)
    full = [place + names[0] for place in chain(paper.unit)]
    return any(holds(text, phrase) for text in (*names, *full, *(t for zone in paper.zones for t in zone)))


@small
@given(
    shelves(),
    st.lists(
        st.tuples(st.booleans(), st.text("政府信息公开镇12a，", min_size=1, max_size=6)),
        min_size=1,
        max_size=3,
    ),
)
@example(SHELF, [(True, "嘉兴市人民政府")])
@example(SHELF, [(True, "嘉兴市秀洲区"), (False, "财政")])
@example(SHELF, [(True, "三安全一稳定")])
def test_truth(engine: Engine, tmp_path: Path, shelf: Shelf, terms: list[tuple[bool, str]]) -> None:
    """No report is missed, none is left after confirmation that does not hold what is asked for."""
    begin(engine, tmp_path, shelf)
    query = " ".join("-" * (not wanted) + f'"{phrase}"' for wanted, phrase in terms)
    wanted = {
        paper.id
        for paper in shelf.papers
        if all(truth(shelf, paper, normalise(phrase)) is must for must, phrase in terms)
    }
    run = engine.ask("run", start=START, query=query)
    found = {id_ for id_, rank in zip(shelf.ids, run["ranks"], strict=True) if rank != 255}
    held = {id_ for id_, seen in engine.ask("examine", start=START, query=query).items() if seen["holds"]}
    assert held <= wanted
    assert held == wanted
    assert not run["exact"] or found == wanted


RANKS = {
    "油车港乡": {"330411103/2019": 0, "330411103/2020": 0},
    "秀洲区": {"330411103/2019": 1, "330411103/2020": 1, "330411-czj/2020": 1},
    "嘉兴市本级": {"330400/2020": 1},
    "2019年": {"330411103/2019": 2},
    "概述": {"330411103/2019": 3},
    "270条": {"330411103/2019": 4},
    "12": {"330411103/2019": 5},
    "予以公开": {"330411103/2020": 6, "330411-czj/2020": 6},
    "报告 2020年": {"330400/2020": 4, "330411103/2020": 4, "410182110/2021": 6},
    "於後行政": {"330411-czj/2020": 4},
    "open data": {"410182110/2021": 8},
    '"OPEN　data"': {"410182110/2021": 4},
    "-报告": {},
    "-油车港 -三": {"330400/2020": 0, "410182110/2021": 0},
    "四川省": {},
}


@pytest.mark.parametrize("query", RANKS)
def test_ranks(engine: Engine, shelf: Callable[..., Path], query: str) -> None:
    """Names weigh most, then title, headings, prose, data, labels; ranks of several terms are added."""
    shelf()
    ranks = dict(zip(SHELF.ids, engine.ask("run", start=START, query=query)["ranks"], strict=True))
    assert {id_: rank for id_, rank in ranks.items() if rank != 255} == RANKS[query]


def test_labels(engine: Engine, shelf: Callable[..., Path]) -> None:
    """A label is answered with its figures; it counts as text unless only text is wanted."""
    shelf()
    found = engine.ask("run", start=START, query="予以公开")
    assert found["labelled"]
    assert found["exact"]
    assert found["figures"] == [{"label": "予以公开", "figure": "t3.granted", "whole": True, "count": 2}]
    assert set(engine.ask("run", start=START, query="予以公开", options={"zone": "text"})["ranks"]) == {255}
    assert engine.ask("examine", start=START, query="予以公开", options={"zone": "text"}) == {}
    assert engine.ask("run", start=START, query="公开")["figures"][0]["figure"] == "t3.granted"
    assert engine.ask("run", start=START, query="开")["figures"] == []
    assert engine.ask("run", start=START, query="予以公开 政")["figures"] == []
    only = {"figure": "t3.new"}
    assert list(engine.ask("examine", start=START, query="", options=only)) == ["330411-czj/2020"]
    assert list(engine.ask("examine", start=START, query="行政", options=only)) == ["330411-czj/2020"]
    assert engine.ask("examine", start=START, query="行政", options={"figure": "t9.none"}) == {}


def test_an_old_report_is_no_answer(engine: Engine, shelf: Callable[..., Path]) -> None:
    """A report.json kept from before the index was made is asked for anew, and is an error if it stays old."""
    file = shelf() / "units/330411103/2019/report.json"
    file.write_bytes(file.read_bytes().replace("270条".encode(), "271条".encode()))
    for query in ("270条", "主动公开270条"):
        with pytest.raises(Failed, match="broken"):
            engine.ask("examine", start=START, query=query)


def test_many_doubts_about_an_excluded_phrase(engine: Engine, shelf: Callable[..., Path]) -> None:
    """Up to thirty are looked up; of more it is said that they were left out."""
    for count in (29, 30):
        papers = [Paper(f"330411{100 + n}", 2020, "报告", prose=("甲乙。乙丙。",)) for n in range(count)]
        shelf(Shelf((*papers, Paper("330411999", 2020, "报告", prose=("甲乙丙",)))))
        found = engine.ask("run", start=START, query="报告 -甲乙丙")
        held = [rank for rank in found["ranks"] if rank != 255]
        assert not found["exact"]
        assert len(held) == (count + 1 if count < 30 else 0)
        assert found["terms"][1]["left"] == (0 if count < 30 else count + 1)


def test_too_much_is_told(engine: Engine, shelf: Callable[..., Path]) -> None:
    shelf()
    assert engine.ask("run", start=START, query="报 " * 33)["cut"]
    assert engine.ask("run", start=START, query="报" * 2001)["cut"]
    assert not engine.ask("run", start=START, query="报 " * 32)["cut"]


def test_bytes(engine: Engine, shelf: Callable[..., Path]) -> None:
    """A long phrase costs a few shards; the table of traditional characters comes only when it is needed."""
    shelf(Shelf(SHELF.papers, SHELF.names, 20))
    assert len(engine.ask("run", start=START, query="严格落实“三审”制度，行政机关")["fetched"]) <= 8
    assert (
        "search/index/help-00000000.bin"
        not in engine.ask("run", start=START, query="二〇二〇年 gdp")["fetched"]
    )
    assert "search/index/help-00000000.bin" in engine.ask("run", start=START, query="議")["fetched"]


# --- facets ------------------------------------------------------------------------------------------

FACETS: dict[str, tuple[list[str], Callable[[Paper], set[str]]]] = {
    "year": (["2020", "2021"], lambda p: {str(p.year)}),
    "region": (["33", "330411", "4101"], lambda p: {p.unit[:n] for n in (2, 4, 6)}),
    "level": (["乡级", "县级"], lambda p: {"县级" if "-" in p.unit else "乡级"}),
    "kind": (["镇", "县级部门"], lambda p: {"县级部门" if "-" in p.unit else "镇"}),
    "form": (["无", "2019"], lambda p: {("无", "2019")[p.form]}),
    "flag": (["errors", "warnings", "waived", "clean"], lambda p: flags(p.flags)),
    "requests": (
        ["some", "none", "unknown"],
        lambda p: {"unknown" if p.requests < 0 else "some" if p.requests else "none"},
    ),
}
ORDERS: dict[str, Callable[[Paper], int]] = {
    "": lambda _: 0,
    "year": lambda p: -p.year,
    "year-asc": lambda p: p.year,
    "requests": lambda p: -p.requests,
}


def flags(bits: int) -> set[str]:
    return {name for bit, name in enumerate(("errors", "warnings", "waived")) if bits >> bit & 1} or {"clean"}


FILTERS = st.fixed_dictionaries(
    {facet: st.lists(st.sampled_from(choices), max_size=2) for facet, (choices, _) in FACETS.items()}
)


@small
@given(shelves(), FILTERS, st.sampled_from(sorted(ORDERS)), st.sampled_from(["", "政", "公开 信息"]))
def test_facets(
    engine: Engine, tmp_path: Path, shelf: Shelf, filters: dict[str, list[str]], sort: str, query: str
) -> None:
    """Filters, counts that ignore their own facet, and every order, as one would work them out by hand."""
    begin(engine, tmp_path, shelf)
    ranks = engine.ask("run", start=START, query=query)["ranks"] or [0] * len(shelf.ids)
    found = engine.ask("select", start=START, query=query, filters={**filters, "sort": sort})
    papers = {paper.id: paper for paper in shelf.papers}
    ranked = [(papers[id_], rank) for id_, rank in zip(shelf.ids, ranks, strict=True) if rank != 255]

    def passes(paper: Paper, but: str = "") -> bool:
        return all(not chosen or f == but or FACETS[f][1](paper) & {*chosen} for f, chosen in filters.items())

    place = {id_: i for i, id_ in enumerate(shelf.ids)}
    kept = [one for one in ranked if passes(one[0])]
    kept.sort(key=lambda one: (ORDERS[sort](one[0]), one[1], -one[0].year, place[one[0].id]))
    assert found["docs"] == [paper.id for paper, _ in kept]
    for facet, (_, values) in FACETS.items():
        counts = Counter(value for paper, _ in ranked if passes(paper, facet) for value in values(paper))
        assert {k: n for k, n in found["counts"][facet].items() if n} == counts, facet


# --- a report's own text -----------------------------------------------------------------------------


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(any_report(), st.lists(st.sampled_from(["", "原件如此。", "照录"]), max_size=3))
def test_blocks(engine: Engine, tmp_path: Path, report: Report, reasons: list[str]) -> None:
    """What report.json gives to search is what the index was made of."""
    wrong = (
        Finding("f", 1, 1, 1, 2, "X", "标题", "", "", Severity.ERROR, waived=reason) for reason in reasons
    )
    verdict = Verdict(tuple(wrong))
    report = report if report.form.free else replace(report, figures=())  # as the decoder gives them
    told = report_json(report, verdict)
    assume(all(assigned(ord(character)) for character in set(told)))  # the browser may know newer ones
    wanted = document(report, verdict)
    form = report.form
    paper = Paper(report.unit, report.year, report.title, flags=LABELLED * wanted.labelled)
    others = {table.form_id: official()[table.form_id] for table in report.tables.values()}
    forms = [as_listed(one) for one in {form.id: form, **others}.values()]
    begin(engine, tmp_path, Shelf((paper,), forms=forms))
    found = engine.ask("blocks", start=START, report=json.loads(told))
    assert [{*blocks} for blocks in found] == [{*map(normalise, blocks)} for blocks in wanted.zones]


def as_listed(form: Form) -> list[object]:
    labels = dict.fromkeys((label.table, label.text, label.figure) for label in form_labels(form))
    return [form.id, form.name, form.slug, [list(label) for label in labels]]


SEEN = {
    "270条": (
        "完成主动公开[270条]。",
        "#s1:~:text=%E5%AE%8C%E6%88%90%E4%B8%BB%E5%8A%A8%E5%85%AC%E5%BC%80-,270%E6%9D%A1",
    ),
    "三安全一稳定": (
        "[三安全一\n稳定]",
        "#s1:~:text=%E4%B8%89%E5%AE%89%E5%85%A8%E4%B8%80%20%E7%A8%B3%E5%AE%9A",
    ),
    "概述": ("一、[概述]", "#h0:~:text=%E6%A6%82%E8%BF%B0"),
    "２７０": ("完成主动公开[270]条。", None),
    "油车港乡 2019": ("[油车港乡]", ""),
    "公开信息": ("[公开信息]", "#figures"),
    "制度 审": ("严格落实“三[审]”[制度]，行政机关。", None),
}


@pytest.mark.parametrize("query", SEEN)
def test_snippets(engine: Engine, shelf: Callable[..., Path], query: str) -> None:
    """The snippet is the published text with every hit marked; the address leads to the place."""
    shelf(fragments=True)
    (seen,) = [one for one in engine.ask("examine", start=START, query=query).values() if one["holds"]]
    text, anchor = SEEN[query]
    assert "".join(f"[{piece}]" if marked else piece for piece, marked in seen["pieces"]) == text
    if anchor is not None:
        assert seen["anchor"] == anchor


@small
@given(st.integers(0, 200), st.integers(0, 200), st.sampled_from(["靶", "靶 子", "😀靶\u0301"]))
def test_windows(engine: Engine, tmp_path: Path, before: int, behind: int, target: str) -> None:
    """About ninety characters, thirty of them before the hit where there are; what is cut off is told."""
    text = "前" * before + target + "后" * behind
    begin(engine, tmp_path, Shelf((Paper("330411103", 2020, "报告", prose=(text,)),)))
    (seen,) = engine.ask("examine", start=START, query=f'"{target}"').values()
    assert [piece for piece, marked in seen["pieces"] if marked] == [target]
    shown = "".join(piece for piece, _ in seen["pieces"])
    assert shown.strip("…") in text
    assert shown.startswith("……") is not text.startswith(shown.strip("…"))
    assert shown.endswith("……") is not text.endswith(shown.strip("…"))
    assert shown.count("前") >= min(before, 29)
    assert min(len(text), 85) <= len(shown.strip("…")) <= 104


def test_another_report(engine: Engine, shelf: Callable[..., Path]) -> None:
    """A report.json that is another report's, or none, is broken."""
    folder = shelf()
    path = folder / "units/330411103/2019/report.json"
    for data in ((folder / "units/330411103/2020/report.json").read_bytes(), b"[]", b"{}", b"null", b"\xff"):
        path.write_bytes(data)
        engine.ask("site", folder=str(folder))
        with pytest.raises(Failed, match="broken"):
            engine.ask("examine", start=START, query="270条")
