"""The index holds what the reports hold: read back by its description, term by term."""

import marshal
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.archive import Entry, Register
from build_tools.county import County, Filed, entry_of, read_county
from build_tools.files import digest
from build_tools.forms import official
from build_tools.model import Division, Unit
from build_tools.search import index
from build_tools.search.census import census, room
from build_tools.search.document import Document, document, form_labels
from build_tools.search.index import put_index, run_of
from build_tools.search.lists import Coder
from build_tools.search.merge import Merger
from build_tools.search.reading import coded, held
from build_tools.search.run import PARTS, PLACES, Filing, opened, part_of
from build_tools.search.shards import MAGIC, Cutter, Scale, payload, scale
from build_tools.search.start import FORMAT
from build_tools.search.text import BREAK, in_order, normalise, ordered, pairs, pieces, terms, tokens
from build_tools.store import Store
from build_tools.units import kinds
from build_tools.workers import spread
from tests.searchindex import Index
from tests.sitework import tree

HERE = Path(__file__).parent / "miniature"
ALONE = partial(spread, workers=1)


def all_terms(blocks: Iterable[str]) -> set[str]:
    """The terms of several blocks; none reaches from one block into the next."""
    return set().union(*map(terms, set(blocks)))


def counties(archive: Path) -> Iterator[County]:
    """The counties of an archive, read and checked."""
    store = Store(archive)
    register = store.register()
    for county in store.counties():
        yield read_county(store, store.county(*county), register, 2026)


def kept(folder: Path, county: str, filings: Sequence[Filing]) -> Path:
    """A county's run in a file, named as a build names it."""
    run = run_of(filings)
    folder.mkdir(exist_ok=True, parents=True)
    (folder / f"{county}-{digest(run)}").write_bytes(run)
    return folder / f"{county}-{digest(run)}"


def runs(archive: Path, folder: Path) -> list[Path]:
    """The runs of an archive's counties."""
    return [
        kept(folder, county.code, [_filing(holding.unit, holding.filed) for holding in county.holdings])
        for county in counties(archive)
    ]


def _filing(unit: Unit, filed: Iterable[Filed]) -> Filing:
    return Filing(unit, tuple((entry_of(one), document(one.subject.report, one.verdict)) for one in filed))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the miniature archive in a folder of its own."""
    folder = tmp_path_factory.mktemp("index")
    made = put_index(folder / "kept", runs(HERE, folder / "runs"), Store(HERE).register(), ALONE)
    for path, file in made.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder / path)
    return folder


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """What is searched of each report of the miniature archive."""
    filed = [f for county in counties(HERE) for holding in county.holdings for f in holding.filed]
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


def test_files(site: Path) -> None:
    """What is in the folder is named in the start file, and kept with it."""
    found = Index(site / "search/index")
    (start,) = (site / "search/index").glob("start-*")
    files = {*found.files(), found.start["help"], start.name}
    assert {path.name for path in (site / "search/index").iterdir()} == files
    assert {path.name for path in (site / "kept").iterdir()} == files | {"state", "runs"}


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


TEXT = st.text(alphabet=st.sampled_from("公开12 ，。a\U00020000\uf8ff\n①Ａ\u200b\u0301"), max_size=16)


@given(st.lists(TEXT, max_size=4))
def test_pieces_of_blocks_give_their_terms(blocks: list[str]) -> None:
    """Cut at full stops and looked at together, blocks have the terms they have one by one."""
    cut = [piece for block in blocks for piece in pieces(block)]
    found = {pair for pair in pairs(map(normalise, cut)) if BREAK not in pair}
    ends = {token for block in blocks for token in tokens(normalise(pieces(block)[-1]))[-1:]}
    assert found | ends == all_terms(blocks)


@given(st.lists(st.text(min_size=1)))
def test_order(found: list[str]) -> None:
    assert ordered(found) == sorted(found, key=in_order)


# --- numbers and shards ---------------------------------------------------------------------------------------


IDS = st.lists(
    st.sampled_from([f"{county}{n}" for county in (110101, 110102, 330411, 650101) for n in range(100, 130)]),
    unique=True,
)


def _counts(ids: Iterable[str], reports: int = 1) -> dict[str, tuple[int, ...]]:
    """By county the reports of its units."""
    return {
        county: tuple(reports for _ in own) for county, own in groupby(sorted(ids), key=lambda id_: id_[:6])
    }


@given(IDS, st.integers(1, 5))
def test_numbers(ids: list[str], reports: int) -> None:
    """Every unit has a number of its own, in the order of ids, and the numbers stay dense."""
    counted = census(_counts(ids, reports))
    numbers = counted.numbers
    assert numbers == sorted(set(numbers))
    assert len(numbers) == len(ids)
    assert counted.reports == len(ids) * reports
    assert max(numbers, default=0) < 3 * len(ids) + 8 * 8
    assert max(numbers, default=0) < 1 << counted.width or not ids


def test_another_unit_moves_none_of_other_counties() -> None:
    """As long as its county has room; a report never moves one."""
    before = [f"330411{n}" for n in range(100, 110)] + ["330421100"]
    assert census(_counts([*before, "330411099"])).bases == census(_counts(before)).bases
    assert census(_counts(before, 3)).bases == census(_counts(before)).bases


def test_room_is_never_less_than_asked_for() -> None:
    assert [room(n) for n in (1, 8, 9, 13, 17, 25, 33)] == [8, 8, 12, 16, 24, 32, 48]


@given(st.text(min_size=1), st.text(min_size=1))
def test_parts_are_in_the_order_of_terms(one: str, other: str) -> None:
    first, last = sorted((one, other), key=in_order)
    assert 0 <= part_of(first) <= part_of(last) < PARTS


REGISTER: Register = {code: Division(code, code) for code in ("11", "1101", "110101", "33", "3304", "330411")}
PHRASES = st.lists(
    st.sampled_from(["公开", "公", "政府信息", "12件", "，", "北关镇", "𠀀公", "a\uf8ff"]), max_size=3
)
ARCHIVE = st.dictionaries(
    st.sampled_from([f"{county}{n}" for county in (110101, 110102, 330411, 330421) for n in range(100, 104)]),
    st.lists(PHRASES, min_size=1, max_size=4),
    max_size=12,
)
Papers = Mapping[str, Sequence[Sequence[str]]]
"""By unit the prose of its reports."""


def _papers(folder: Path, archive: Papers) -> list[Path]:
    """The runs of a small archive. Every other paragraph stands among its figures too, or is a heading."""
    found = []
    for county, units in groupby(sorted(archive), key=lambda id_: id_[:6]):
        filings = [
            Filing(Unit(id_, "甲镇", kinds()["镇"]), tuple(_filed(id_, archive[id_]))) for id_ in units
        ]
        found.append(kept(folder, county, filings))
    return found


def _filed(id_: str, reports: Sequence[Sequence[str]]) -> Iterator[tuple[Entry, Document]]:
    for n, blocks in enumerate(reports):
        zones = (("年报",), tuple(blocks[1:2]), tuple(blocks), tuple(blocks[2:3]))
        entry = Entry(id_, "甲镇", "镇", 2010 + n, "", "2019", "", 3, 0, 0, 0)
        yield entry, Document(zones, ("#t3.granted",) if n % 2 else (), labelled=True)


def _wanted(archive: Papers) -> dict[str, list[set[str]]]:
    found: dict[str, list[set[str]]] = {}
    for id_, reports in archive.items():
        for entry, one in _filed(id_, reports):
            for zone, blocks in enumerate(one.zones):
                for term in all_terms(blocks) | (set(one.figures) if zone == 3 else set()):
                    found.setdefault(term, [set() for _ in range(4)])[zone].add(f"{id_}/{entry.year}")
    return found


def _put(folder: Path, archive: Papers) -> tuple[str, dict[str, bytes], list[str]]:
    """The start of an archive's index, its files, and all that is in the folder that keeps it."""
    with TemporaryDirectory() as scratch:  # runs may be gone the next time
        made = put_index(folder, _papers(Path(scratch), archive), REGISTER, ALONE)
    files = {path: file.read_bytes() for path, file in made.files.items()}
    return made.start, files, sorted(path.name for path in folder.glob("*.bin"))


@given(archive=ARCHIVE)
def test_the_index_gives_back_what_was_put_in(archive: Papers) -> None:
    """Any small archive, through runs and shards and back."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(index, "scale", lambda _: Scale(0, 16, 3))
        start, files, names = _put(Path(folder), archive)
        found = Index(Path(folder))
        assert found.terms == _wanted(archive)
        assert {name.rpartition("/")[2] for name in files} == set(names) == {start.rpartition("/")[2], *names}


@settings(deadline=None, max_examples=60)
@given(archives=st.lists(ARCHIVE, min_size=2, max_size=4), one=st.data())
def test_an_index_kept_up_to_date_is_a_new_one(archives: list[Papers], one: st.DataObject) -> None:
    """Whatever changes, many small edits too, the files are byte for byte those of an index made anew."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(index, "scale", lambda _: Scale(0, 24, 5))
        patch.setattr(index, "MANY", 1)
        for nth, archive in enumerate(archives):
            now = archive
            for _ in range(3):
                clean = _put(Path(folder) / f"clean{nth}", now)
                assert _put(Path(folder) / "kept", now) == clean
                assert _put(Path(folder) / "kept", now) == clean
                shutil.rmtree(Path(folder) / f"clean{nth}")
                now = _edited(now, one)


def _edited(archive: Papers, one: st.DataObject) -> Papers:
    """The archive with other text in one of its reports."""
    if not archive:
        return archive
    id_ = one.draw(st.sampled_from(sorted(archive)))
    reports = list(archive[id_])
    reports[one.draw(st.integers(0, len(reports) - 1))] = one.draw(PHRASES)
    return {**archive, id_: reports}


SMALL: Papers = {
    f"{county}{n}": [["政府信息", f"{n}件"]] for county in (110101, 330411) for n in range(100, 120)
}


@pytest.mark.parametrize("harm", ["cut", "other code", "shard gone", "shard cut", "run gone", "no state"])
def test_a_damaged_folder_is_not_gone_on_with(tmp_path: Path, harm: str) -> None:
    """The index is made anew where its state, or what it names, is not whole."""
    start, files, _ = _put(tmp_path / "kept", SMALL)
    state, shard = tmp_path / "kept/state", next((tmp_path / "kept").glob("[a-z2-7]*[!x].bin"))
    if harm == "cut":
        state.write_bytes(state.read_bytes()[:-9])
    elif harm == "other code":
        state.write_bytes(b"x" + state.read_bytes())
    elif harm == "shard gone":
        shard.unlink()
    elif harm == "shard cut":
        os.truncate(shard, 9)
    elif harm == "run gone":
        next((tmp_path / "kept/runs").iterdir()).unlink()
    else:
        state.unlink()
    assert _put(tmp_path / "kept", SMALL)[:2] == (start, files)


def test_a_run_is_only_values(tmp_path: Path) -> None:
    """One that is not ours ends in an error, and nothing that stands in it is done."""
    hostile = compile(f"open({str(tmp_path / 'done')!r}, 'w')", "hostile", "exec")
    told = (marshal.dumps(hostile), marshal.dumps((hostile, [])), marshal.dumps([]), b"damaged", b"")
    for part in told:
        with pytest.raises((AttributeError, EOFError, TypeError, ValueError)):
            opened(part)
    assert not (tmp_path / "done").exists()


def test_a_build_that_was_killed_leaves_a_folder_to_go_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files may be there that no state names, and a state that names none of the newest."""
    _put(tmp_path / "kept", SMALL)
    more = {**SMALL, "330411105": [["主动公开"]]}
    with monkeypatch.context() as patch:
        patch.setattr("build_tools.search.kept.json.dumps", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            _put(tmp_path / "kept", more)
    assert _put(tmp_path / "kept", more) == _put(tmp_path / "clean", more)


def test_a_changed_name_of_a_place_changes_the_start_alone(tmp_path: Path) -> None:
    paths = _papers(tmp_path / "runs", SMALL)
    before = put_index(tmp_path / "kept", paths, REGISTER, ALONE)
    after = put_index(tmp_path / "kept", paths, {**REGISTER, "33": Division("33", "浙江省")}, ALONE)
    assert {
        name for name in set(after.files) - set(before.files) if "start-" not in name and "help-" not in name
    } == set()
    assert after.start != before.start


def test_files_are_never_rewritten(tmp_path: Path) -> None:
    """A site may share them: an edit gives new files and leaves the others as they lie on the disk."""
    _put(tmp_path / "kept", SMALL)
    shared = {path.name: path for path in (tmp_path / "kept").glob("*.bin")}
    inodes = {name: (path.stat().st_ino, path.stat().st_mtime_ns) for name, path in shared.items()}
    _put(tmp_path / "kept", {**SMALL, "330411105": [["政府信息", "公开"]]})
    left = {path.name: path for path in (tmp_path / "kept").glob("*.bin") if path.name in inodes}
    assert {
        name: (p.stat().st_ino, p.stat().st_mtime_ns) for name, p in left.items()
    }.items() <= inodes.items()


COUNTS = st.dictionaries(
    st.sampled_from([f"33{n:04}" for n in range(0, 40, 7)]),
    st.lists(st.integers(1, 21), min_size=1, max_size=9).map(tuple),
    min_size=1,
)


@given(COUNTS, st.data())
def test_lists_are_read_back(counts: dict[str, tuple[int, ...]], data: st.DataObject) -> None:
    """Whatever reports hold a term in whichever zones."""
    coder = Coder(census(dict(sorted(counts.items()))))
    masks = [st.sampled_from([0, layout.all]) | st.integers(0, layout.all) for layout in coder.layouts]
    drawn = [data.draw(st.tuples(*masks)) for _ in PLACES]
    zones = [{place: reports for place, reports in enumerate(zone) if reports} for zone in drawn]
    if any(zones):
        assert held(coder.lists(zones), coder) == zones


@given(st.dictionaries(st.text(min_size=1), st.binary(max_size=300), min_size=1))
def test_shards_are_read_back(found: dict[str, bytes]) -> None:
    names = ordered(found)
    data = payload(names, [found[name] for name in names])
    assert [(one.term, one.lists) for one in coded(data)] == [(name, found[name]) for name in names]


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
    register, paths = Store(HERE).register(), runs(HERE, tmp_path / "runs")
    alone = put_index(tmp_path / "alone", paths, register, ALONE)
    together = put_index(tmp_path / "together", paths, register, partial(spread, workers=2))
    assert tree(tmp_path / "alone") == tree(tmp_path / "together")
    assert alone.start == together.start
    assert len(alone.files) > 24


@pytest.mark.usefixtures("many")
def test_a_changed_paragraph_changes_few_files(tmp_path: Path) -> None:
    """An edit leaves all shards alone but those that hold a term that came or went."""
    shutil.copytree(HERE / "reports", tmp_path / "archive/reports")
    report = tmp_path / "archive/reports/33/330411/330411103/2022.yml"
    text = report.read_text(encoding="utf-8")
    register = Store(HERE).register()
    put_index(tmp_path / "kept", runs(tmp_path / "archive", tmp_path / "runs"), register, ALONE)
    shutil.copytree(tmp_path / "kept", tmp_path / "before")
    assert "更新不够及时" in text
    report.write_text(text.replace("更新不够及时", "更新不大及时"), encoding="utf-8")
    put_index(tmp_path / "kept", runs(tmp_path / "archive", tmp_path / "runs"), register, ALONE)

    old, new = Index(tmp_path / "before"), Index(tmp_path / "kept")
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
    coder = Coder(census({"330411": (2, 3), "330421": (1,)}))
    merger, cutter = Merger(coder), Cutter(8 << 10)
    # Of five reports the two of the first unit have the highest bits; prose has the lowest five.
    merger.add(0, (["公开", "公众", "publi", "政府"], [0b11_111, 0b10_000, 0b00_101, 0b01_000 << 5]))
    merger.add(1, (["公开", "年"], [0b1, 0b1 << 3]))
    ((first, data),) = [*cutter.add(merger.terms()), *cutter.end()]

    assert (MAGIC, FORMAT, first) == (b"NBS1", 1, "publi")
    assert data.hex() == CODED
