"""The index holds what the reports hold: read back by its description, term by term."""

import io
import shutil
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.archive import Entry
from build_tools.county import County, read_county
from build_tools.forms import official
from build_tools.model import Unit
from build_tools.search import index
from build_tools.search.census import census, room
from build_tools.search.document import Document, document, form_labels
from build_tools.search.run import PARTS, Filing, Member, Record, part_of, read_members, read_parts, write_run
from build_tools.search.shards import MAGIC, Merger, Scale, in_order, scale
from build_tools.search.start import FORMAT
from build_tools.search.text import all_terms, normalise, terms, tokens
from build_tools.store import Store
from build_tools.units import kinds
from tests.searchindex import Index
from tests.sitework import tree
from tests.test_miniature import HERE, published


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(HERE, tmp_path_factory.mktemp("index") / "site")


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """What is searched of each report of the miniature archive."""
    store = Store(HERE)
    register = store.register()
    counties: list[County] = [
        read_county(store, store.county(*county), register, 2026) for county in store.counties()
    ]
    filed = [f for county in counties for holding in county.holdings for f in holding.filed]
    return {f.subject.report.id: document(f.subject.report, f.verdict) for f in filed}


def test_every_term_of_every_report(site: Path, documents: Mapping[str, Document]) -> None:
    """Each term leads, zone by zone, to exactly the reports that hold it, and no other term is there."""
    found = Index(site / "search/index")
    wanted: dict[str, list[set[str]]] = {}
    for id_, one in documents.items():
        for zone, blocks in enumerate(one.zones):
            for term in all_terms(blocks):
                wanted.setdefault(term, [set() for _ in range(4)])[zone].add(id_)
        for figure in one.figures:
            wanted.setdefault(figure, [set() for _ in range(4)])[3].add(id_)

    assert found.all() == set(documents)
    assert found.terms == wanted


def test_no_scratch_is_left(site: Path) -> None:
    """Runs are gone; what is in the folder is named in the start file."""
    found = Index(site / "search/index")
    (start,) = (site / "search/index").glob("start-*")
    assert {path.name for path in (site / "search/index").iterdir()} == {
        *found.files(),
        found.start["help"],
        start.name,
    }
    assert not (site / ".runs").exists()


def test_columns(site: Path, documents: Mapping[str, Document]) -> None:
    """The start file says of every report its form, its flags and how many requests it received."""
    start = Index(site / "search/index").start
    ids = [f"{unit}/{year}" for unit, years in Index(site / "search/index").units.values() for year in years]
    labelled = [bool(int(flag, 16) & 8) for flag in start["flags"]]

    assert ids == sorted(documents, key=lambda id_: id_.split("/"))
    assert labelled == [documents[id_].labelled for id_ in ids]
    assert len(start["form_column"]) == len(start["requests"]) == start["reports"] == len(documents)


def test_labels_of_the_forms() -> None:
    """Labels of a form are told apart by table, and lead to their row where they have one."""
    labels = {(label.table, label.text): label.figure for label in form_labels(official()["2021"])}
    assert labels["t3", "（一）予以公开"] == "t3.granted"
    assert labels["t4", "行政复议"] == "t4.review"
    assert labels["t3", "商业企业"] == ""
    assert labels["", "一、总体情况"] == ""


def test_a_printed_label_is_searched_in_its_report(documents: Mapping[str, Document]) -> None:
    """A report that prints other labels than its form has all of them in its own text; the others have none."""
    own = [found for found in documents.values() if not found.labelled]
    assert own
    assert any(
        label.text in block for label in form_labels(official()["2021"]) for d in own for block in d.zones[3]
    )
    labels = {label.text for form in official().values() for label in form_labels(form)}
    labelled = [found for found in documents.values() if found.labelled]
    assert labelled
    assert not any(labels & set(found.zones[3]) - {"其他", "规章"} for found in labelled)


# --- text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("ＡＢＣ１２３，（％）", "abc123,(%)"),
        ("三安 全一\n稳\u3000定", "三安全一稳定"),
        ("2020 年", "2020年"),
        ("open  data 12\n34", "open data 12 34"),
        ("①2020年 3²", "①2020年3²"),
        ("零\u200b宽\ufeff字", "零宽字"),
        ("co\u00adop", "coop"),
        ("", ""),
    ],
)
def test_normalise(text: str, normal: str) -> None:
    assert normalise(text) == normal


@given(st.text())
def test_normalising_twice_changes_nothing_in_the_tokens(text: str) -> None:
    """Tokens put together are the text again: nothing is dropped, digits stay together."""
    normal = normalise(text)
    found = tokens(normal)
    assert "".join(found) == normal
    assert all(len(token) == 1 or token.isdigit() for token in found)


@given(st.text(alphabet="公开12 ，a", max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_a_phrase_has_no_pair_that_its_text_lacks(text: str, start: int, length: int) -> None:
    """Cut at the borders of tokens, every pair of a phrase is a term of the text it was cut from."""
    found = tokens(normalise(text))
    phrase = found[start : start + length]
    assert {a + b for a, b in pairwise(phrase)} <= terms(text)
    if phrase:  # one token alone: some term begins with it
        assert any(tokens(term)[0] == phrase[0] for term in terms(text))


# --- numbers and shards ---------------------------------------------------------------------------------------


def _member(id_: str, reports: int) -> Member:
    records = tuple(Record(2000 + n, "2019", 0, -1) for n in range(reports))
    return Member(id_, (id_,), "镇", records)


IDS = st.lists(
    st.sampled_from([f"{county}{n}" for county in (110101, 110102, 330411, 650101) for n in range(100, 130)]),
    unique=True,
)


@given(IDS, st.integers(1, 5))
def test_numbers(ids: list[str], reports: int) -> None:
    """Every unit has a number of its own, in the order of ids, and the numbers stay dense."""
    members = [_member(id_, reports) for id_ in sorted(ids)]
    counted = census(members)
    assert list(counted.counts) == sorted(counted.counts)
    assert len(counted.counts) == len(ids)
    assert counted.reports == len(ids) * reports
    assert max(counted.counts, default=0) < 3 * len(ids) + 8 * 8
    assert max(counted.counts, default=0) < 1 << counted.width or not ids


@given(IDS.filter(bool))
def test_another_report_moves_no_number(ids: list[str]) -> None:
    members = [_member(id_, 2) for id_ in sorted(ids)]
    more = [replace(members[0], records=(*members[0].records, Record(2009, "2019", 0, 1))), *members[1:]]
    assert census(more).bases == census(members).bases
    assert list(census(more).counts) == list(census(members).counts)


def test_another_unit_moves_none_of_other_counties() -> None:
    """As long as its county has room."""
    before = [_member(f"330411{n}", 1) for n in range(100, 110)] + [_member("330421100", 1)]
    after = sorted([*before, _member("330411099", 1)], key=lambda member: member.id)
    assert census(after).bases == census(before).bases


def test_room_is_never_less_than_asked_for() -> None:
    assert [room(n) for n in (1, 8, 9, 13, 17, 25, 33)] == [8, 8, 12, 16, 24, 32, 48]


@given(st.text(min_size=1), st.text(min_size=1))
def test_parts_are_in_the_order_of_terms(one: str, other: str) -> None:
    first, last = sorted((one, other), key=in_order)
    assert 0 <= part_of(first) <= part_of(last) < PARTS


def _entry(id_: str, year: int) -> Entry:
    return Entry(id_, "甲镇", "镇", year, "", "2019", "", 3, 0, 0, 0)


PHRASES = st.lists(st.sampled_from(["公开", "公", "政府信息", "12件", "，", "北关镇"]), max_size=3)
ARCHIVE = st.dictionaries(
    st.sampled_from([f"{county}{n}" for county in (110101, 330411) for n in range(100, 106)]),
    st.lists(PHRASES, min_size=1, max_size=4),
    max_size=12,
)


@given(ARCHIVE)
def test_shards_give_back_what_was_put_in(archive: dict[str, list[list[str]]]) -> None:
    """Any small archive, through runs and shards and back."""
    runs: dict[str, io.BytesIO] = {}
    for county in sorted({id_[:6] for id_ in archive}):
        filings = [
            Filing(
                Unit(id_, "甲镇", kinds()["镇"]),
                tuple(
                    (_entry(id_, 2010 + n), Document(((), (), tuple(blocks), ()), (), labelled=True))
                    for n, blocks in enumerate(reports)
                ),
            )
            for id_, reports in archive.items()
            if id_[:6] == county
        ]
        runs[county] = io.BytesIO()
        write_run(runs[county], filings)
    members = [member for run in runs.values() for member in _rewound(run)]
    counted = census(members)
    merger = Merger(counted, 64)
    for county, run in runs.items():
        run.seek(0)
        for part in read_parts(run, range(PARTS)):
            merger.add(county, part)
    found = dict(merger.shards())

    units = {
        number: (member.id, [record.year for record in member.records])
        for number, member in zip(counted.counts, members, strict=True)
    }
    read = Index(Path())
    read.__dict__.update(start={"width": counted.width}, units=units)
    held = {term: zones[2] for payload in found.values() for term, zones in read._shard(payload)}
    wanted: dict[str, set[str]] = {}
    for id_, reports in archive.items():
        for n, blocks in enumerate(reports):
            for term in all_terms(blocks):
                wanted.setdefault(term, set()).add(f"{id_}/{2010 + n}")
    assert held == wanted


def _rewound(run: io.BytesIO) -> list[Member]:
    run.seek(0)
    return list(read_members(run))


def test_scales() -> None:
    """The larger the archive, the larger its shards and the more jobs; none has more jobs than there are parts."""
    found = [scale(reports) for reports in (1, 500, 501, 12_000, 12_001, 50_000, 50_001, 700_000)]
    assert [one.shard for one in found] == sorted(one.shard for one in found)
    assert [one.jobs for one in found] == sorted(one.jobs for one in found)
    assert all(1 <= one.jobs <= PARTS for one in found)
    assert found[0] == found[1] != found[2]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cuts a small archive as if it were a large one."""
    monkeypatch.setattr(index, "scale", lambda _: Scale(0, 300, 24))


@pytest.mark.usefixtures("many")
def test_any_number_of_processes_gives_the_same_files(tmp_path: Path) -> None:
    alone = tree(published(HERE, tmp_path / "alone", workers=1))
    assert tree(published(HERE, tmp_path / "together", workers=2)) == alone
    assert len([path for path in alone if path.startswith("search/index/")]) > 24


@pytest.mark.usefixtures("many")
def test_a_changed_paragraph_changes_few_files(tmp_path: Path) -> None:
    """An edit leaves all shards alone but those that hold a term that came or went."""
    shutil.copytree(HERE / "reports", tmp_path / "archive/reports")
    report = tmp_path / "archive/reports/33/330411/330411103/2022.yml"
    text = report.read_text(encoding="utf-8")
    before = published(tmp_path / "archive", tmp_path / "before")
    assert "更新不够及时" in text
    report.write_text(text.replace("更新不够及时", "更新不大及时"), encoding="utf-8")
    after = published(tmp_path / "archive", tmp_path / "after")

    old, new = Index(before / "search/index"), Index(after / "search/index")
    moved = {term for term in old.terms.keys() | new.terms.keys() if old.find(term) != new.find(term)}
    changed = set(new.files()) - set(old.files())
    assert list(old.units) == list(new.units)
    assert moved
    assert 0 < len(changed) <= len(moved)
    assert len(changed) < len(new.files()) / 10


CODED = (
    "4e4253310500057075626c690006e585ace4bc970103e5bc800003e5b9b40006e694bfe5ba9c0202010202a3d0a080e00b004200"
)
"""What shards are made of. Scripts that a browser kept must never read a new coding as if it were the old: who
changes this changes MAGIC and FORMAT with it, here and in postings.js and archive.js."""


def test_coding_is_pinned() -> None:
    members = [_member("330411100", 2), _member("330411101", 3), _member("330421100", 1)]
    merger = Merger(census(members), 8 << 10)
    merger.add("330411", [{"政府": [0, 1]}, {}, {"公开": [0, 3, 1, 7], "公众": [0, 2], "publi": [1, 5]}, {}])
    merger.add("330421", [{}, {}, {"公开": [0, 1]}, {"年": [0, 1]}])
    ((first, payload),) = merger.shards()

    assert (MAGIC, FORMAT, first) == (b"NBS1", 1, "publi")
    assert payload.hex() == CODED
