"""What moved and what was withdrawn: read strictly, and an address once used always says where to go."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

import feedparser  # type: ignore[import-untyped]  # it has none
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.cli import main
from build_tools.decode.former import COLUMNS, MOVED, WITHDRAWN, read_former
from build_tools.former import NOTHING, Address, Former, Withdrawn
from build_tools.publish.moved import signs
from build_tools.publish.site import Sheaf, Site
from build_tools.render.feeds import urn
from build_tools.render.former import withdrawn_mark
from build_tools.render.page import Links
from build_tools.render.redirects import redirect_lists
from build_tools.shell import BODY, DESCRIPTION, TITLE, Shell
from build_tools.source import plain
from build_tools.store import Store
from tests.buildwork import World
from tests.searchindex import Index
from tests.sitework import Page, tree

CASES = cast(
    "dict[str, Any]", plain((Path(__file__).parent / "cases/former.yml").read_text(encoding="utf-8"))
)
SHELL = Shell(("", "", "", ""), (TITLE, DESCRIPTION, BODY))
UNITS = {"330411103": {2019, 2020}, "330411104": {2021}, "330411-cz": set[int]()}


class There:
    """The archive of the cases."""

    def holds(self, unit: str) -> bool:
        return unit in UNITS

    def years(self, unit: str) -> set[int]:
        return UNITS.get(unit, set())


def read(case: dict[str, Any]) -> tuple[Former, list[tuple[str, int, str]], str]:
    """What a case says, where which rule speaks, and all that it says."""
    names = {"moved": MOVED, "withdrawn": WITHDRAWN}
    texts = {
        file: f"{case.get('first', ','.join(COLUMNS[file]))}\n{case[name]}".replace("<CR>", "\r")
        for name, file in names.items()
        if name in case
    }
    former, faults = read_former(texts, There())
    placed = [(file, problem.at[0] if problem.at else 0, problem.rule) for file, problem in faults]
    order = [MOVED, WITHDRAWN]
    placed.sort(key=lambda place: (order.index(place[0]), place[1]))
    return former, placed, "\n".join(f"{problem.message}。{problem.hint}" for _, problem in faults)


@pytest.mark.parametrize("case", CASES["reads"], ids=lambda case: case["why"])
def test_read(case: dict[str, Any]) -> None:
    former, placed, said = read(case)
    assert placed == [], said
    assert {str(moved.old): str(moved.new) for moved in former.moved} == case.get("leads", {})
    gone = [f"{one.unit}/{one.year}" for reports in former.withdrawn.values() for one in reports]
    assert gone == case.get("gone", [])


@pytest.mark.parametrize("case", CASES["refuses"], ids=lambda case: case["why"])
def test_refused(case: dict[str, Any]) -> None:
    """Every fault with its line and what to do; what is wrong leads nowhere."""
    former, placed, said = read(case)
    assert [f"{file} {line} {rule}" for file, line, rule in placed] == case["finds"]
    assert [words for words in case["says"] if words not in said] == []
    wrong = {line for file, line, _ in placed if file == MOVED}
    sound = [row for line, row in enumerate(case.get("moved", "").split("\n"), 2) if line not in wrong]
    assert all(any(row.startswith(f"{one.old},{one.new},") for row in sound) for one in former.moved)


def test_examples_of_the_guide(root: Path) -> None:
    """The rows shown to publishers are rows that can be read."""
    guide = (root / "docs/deploy.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```csv\n(.*?)```", guide, re.DOTALL)
    assert [tuple(block.split("\n")[0].split(",")) for block in blocks] == [*COLUMNS.values()]
    faults = [read_former({file: block}, There())[1] for file, block in zip(COLUMNS, blocks, strict=True)]
    assert {problem.rule for found in faults for _, problem in found} <= {
        "ID-UNIQUE",
        "ID-PATH",
    }  # of this archive


CELL = st.one_of(
    st.sampled_from(
        ["330411103", "330411104", "330499103", "330499104/2019", "330411103/2019", "2019", "2018"]
    ),
    st.sampled_from(["2024-05-06", "", '"', "\r", "\u2028", ",", "甲"]),
    st.text(max_size=4),
)
SHEET = st.lists(st.lists(CELL, max_size=6).map(",".join), max_size=6).map("\n".join)


@given(moved=SHEET, withdrawn=SHEET, headed=st.booleans())
def test_any_text(moved: str, withdrawn: str, *, headed: bool) -> None:
    """No text is more than it says: what is read leads from where nothing is to where something is."""
    heads = {file: ",".join(columns) + "\n" if headed else "" for file, columns in COLUMNS.items()}
    texts = {MOVED: heads[MOVED] + moved, WITHDRAWN: heads[WITHDRAWN] + withdrawn}
    former, faults = read_former(texts, There())
    gone = {Address(one.unit, one.year) for reports in former.withdrawn.values() for one in reports}
    there = {Address(unit, year) for unit, years in UNITS.items() for year in (0, *years)}
    assert not gone & there
    assert {one.unit for one in gone} <= UNITS.keys()
    for one in former.moved:
        assert one.old not in there | gone
        assert one.new in there or one.new.year
    assert all(re.search("[\u4e00-\u9fff]", problem.message + problem.hint) for _, problem in faults)


# --- pages and lists ---------------------------------------------------------------------------------------


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A small archive without MkDocs: units in three counties."""
    return World(tmp_path)


def _page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def test_moved_unit(world: World) -> None:
    """The unit and each report of years before it moved lead to the new place, without scripts."""
    world.moved["340000001"] = "330411104"
    world.write_former()
    site = world.build()
    years = sorted(year for unit, year in world.reports if unit == "330411104")
    assert years == [2022, 2023]
    for way in ("", *(f"{year}/" for year in years)):
        page = _page(site, f"units/340000001/{way}")
        steps = "../../" + ("../" if way else "")
        assert f'<meta http-equiv="refresh" content="0; url={steps}units/330411104/{way}">' in page
        assert f'<a href="{steps}units/330411104/{way}">/units/330411104/{way}</a>' in page
        assert "2024-05-06" in page
        assert "登记错了" in page
    assert not (site / "units/340000001/2020").exists()  # where nothing has ever been
    beside = [path for path in tree(site) if path.startswith("units/340000001/") and "index.html" not in path]
    assert beside == ["units/340000001/atom.xml"]


@pytest.mark.parametrize("address", ["", "https://a.example/b/"])
def test_programs_and_subscribers_are_told(world: World, address: str) -> None:
    """At the unit's former addresses stand a file of the API and feeds that say where it is now, also of its regions."""
    world.moved |= {"340000001": "330411104", "340000002": "410182110"}
    world.write_former()
    store = Store(world.base)
    site = Site(
        store,
        store.register(),
        2026,
        dict.fromkeys((1, 2, 3), SHELL),
        site_url=address,
        former=store.former()[0],
    )
    sheaf = Sheaf()
    signs(site).write(site, sheaf)
    assert json.loads(sheaf.files["api/v1/units/340000001.json"]) == {
        "id": "340000001",
        "moved_to": "330411104",
        "date": "2024-05-06",
        "reason": "登记错了",
        "href": "../units/330411104.json",
        "page": "../../../units/330411104/",
    }
    feeds = {path: feedparser.parse(data) for path, data in sheaf.files.items() if path.endswith("atom.xml")}
    assert set(feeds) == {
        f"{at}/atom.xml" for at in ("units/340000001", "units/340000002", "regions/34", "regions/340000")
    }
    for path, found in feeds.items():
        assert not found.bozo
        assert found.feed.id == urn(path)  # as it was
        assert found.feed.updated == "2024-05-06T00:00:00Z"
        told = {entry.title: urljoin(f"https://a.example/b/{path}", entry.link) for entry in found.entries}
        both = {f"已移到 /units/{new}/": f"https://a.example/b/units/{new}/" for new in world.moved.values()}
        new = world.moved.get(path.split("/")[1], "")
        assert told == {title: to for title, to in both.items() if new in title}
        assert len({entry.id for entry in found.entries}) == len(told)
        assert "登记错了" in found.entries[0].summary


def test_a_moved_report_has_no_feed_of_its_own(world: World) -> None:
    world.write_report("410182110", 2020)
    world.moved["330411105/2020"] = "410182110/2020"
    world.write_former()
    site = world.build()
    assert not (site / "units/330411105/2020/atom.xml").exists()
    assert not (site / "api/v1/units/330411105.json").exists()


def test_a_report_of_a_later_year_has_no_former_address(world: World) -> None:
    world.year = 2026
    world.write_report("330411104", 2025)
    world.moved["340000001"] = "330411104"
    world.write_former()
    assert not (world.build() / "units/340000001/2025").exists()


def test_exact_row_comes_first(world: World) -> None:
    """A unit went one way, one of its reports another; hosts are told the exact one first."""
    world.moved |= {"340000001": "330411104", "340000001/2022": "410182110/2022"}
    world.write_report("410182110", 2022)
    world.write_former()
    site = world.build()
    assert "url=../../../units/410182110/2022/" in _page(site, "units/340000001/2022")
    lines = (site / "_redirects").read_text(encoding="utf-8").splitlines()[1:]
    assert lines == [
        "/units/340000001/2022/* /units/410182110/2022/:splat 301",
        "/units/340000001/* /units/330411104/:splat 301",
        "/api/v1/units/340000001.json /api/v1/units/330411104.json 301",
    ]


def test_a_report_that_moved_after_its_unit(world: World) -> None:
    """What stood at the oldest address is found at the newest in one step."""
    world.write_report("410182110", 2020)
    world.moved |= {"340000001": "330411104", "330411104/2020": "410182110/2020"}
    world.write_former()
    site = world.build()
    assert "url=../../../units/410182110/2020/" in _page(site, "units/340000001/2020")


def test_emptied_lists_say_where_things_went(world: World) -> None:
    """A region and a year that list nothing any more keep their pages; those that list something are as they were."""
    world.moved["340000001"] = "330411104"
    (world.unit_folder("330411104") / "2023.yml").unlink()
    del world.reports["330411104", 2023]
    world.withdrawn["330411104", 2023] = "有误"
    world.write_former()
    site = world.build()
    assert 'href="../../units/330411104/"' in _page(site, "regions/34")
    assert not (site / "regions/3400").exists()  # there is no such level above 340000
    assert 'href="../../../units/330411104/2022/"' in _page(site, "years/2022/340000")
    assert "撤下" not in _page(site, "years/2023")  # others reported
    world.withdrawn |= {key: "有误" for key in world.reports if key[1] == 2023}
    for key in [key for key in world.reports if key[1] == 2023]:
        world.report_file(key).unlink()
        del world.reports[key]
    world.write_former()
    emptied = _page(world.build(), "years/2023")
    assert [f"{unit}/2023/" in emptied for unit, year in world.withdrawn if year == 2023] == [True] * 4


def test_withdrawn_report(world: World) -> None:
    """The page says what stood there, since when it does not and why; nothing else of the report is left."""
    key = ("330411103", 2021)
    world.write_report(*key, prose="这份报告里独有的一句话", original="原件")
    site = world.build()
    assert "330411103/2021" in Index(site / "search/index").all()
    before = {path for path in tree(site) if path.startswith("units/330411103/2021/")}
    assert len(before) == 6
    world.report_file(key).unlink()
    (world.unit_folder(key[0]) / "source/2021.txt").unlink()
    del world.reports[key]
    world.withdrawn[key] = "有误 <b>"
    world.write_former()
    site = world.build()
    page = _page(site, "units/330411103/2021")
    assert {path for path in tree(site) if path.startswith("units/330411103/2021/")} == {
        "units/330411103/2021/index.html"
    }
    assert '<meta name="robots" content="noindex">' in page
    assert "有误 &lt;b&gt;" in page
    assert "县政府" in page
    assert "独有的一句话" not in page
    assert "330411103/2021" not in Index(site / "search/index").all()


def test_only_its_county_is_made_again(world: World) -> None:
    """A withdrawal concerns its county; a move concerns none."""
    world.build()
    before = {path: (world.site / path).stat().st_mtime_ns for path in tree(world.site)}
    world.withdrawn["330411103", 2016] = "有误"
    world.moved["340000001"] = "330411104"
    world.write_former()
    world.build()
    changed = {
        path for path in tree(world.site) if before.get(path) != (world.site / path).stat().st_mtime_ns
    }
    assert "units/330411103/2016/index.html" in changed
    assert [path for path in changed if path.startswith(("units/410182110/", "units/330402001/"))] == []


def test_mark_for_lists() -> None:
    gone = Withdrawn("330411103", 2020, "2024-05-06", "有误", "县政府")
    assert withdrawn_mark(Links("regions/330411/"), gone, "甲镇2020年度") == (
        '<a class="withdrawn" href="../../units/330411103/2020/">撤下<span class="vh">：甲镇2020年度</span></a>'
    )


@pytest.mark.parametrize(
    ("url", "top"), [("", "/"), ("https://a.example", "/"), ("https://a.example/x.y/~z", "/x.y/~z/")]
)
def test_lists_begin_at_the_top_of_the_host(url: str, top: str) -> None:
    lists = redirect_lists(url, [("units/1/", "units/2/")], [("units/1/", "units/2/")])
    assert lists["redirects/pages.tsv"] == f"{top}units/1/\t{top}units/2/\n"
    assert lists["_redirects"].splitlines()[1] == f"{top}units/1/* {top}units/2/:splat 301"
    pattern, target = re.findall(r'^"~(.+)" "(.+)";$', lists["redirects/nginx.map"], re.MULTILINE)[0]
    found = re.match(pattern.replace("?<", "?P<"), f"{top}units/1/2020/report.json?a=b")
    assert found
    assert target.replace("$moved_rest", found["moved_rest"]) == f"{top}units/2/2020/report.json?a=b"


def test_lists_of_single_files() -> None:
    """A file leads to a file, not to what begins like it."""
    lists = redirect_lists("", [], [], [("api/v1/units/1.json", "api/v1/units/2.json")])
    assert lists["_redirects"].splitlines()[1:] == ["/api/v1/units/1.json /api/v1/units/2.json 301"]
    assert lists["redirects/nginx.map"].splitlines()[1:] == ['"/api/v1/units/1.json" "/api/v1/units/2.json";']
    assert lists["redirects/caddy.map"].splitlines()[1:] == ['/api/v1/units/1.json "/api/v1/units/2.json"']
    assert lists["redirects/pages.tsv"] == ""


def test_nothing_moved(world: World) -> None:
    """The lists are there all the same: a host's configuration names them."""
    sheaf = Sheaf()
    store = Store(world.base)
    signs(Site(store, store.register(), 2026, {}, former=NOTHING)).write(
        Site(store, store.register(), 2026, {}), sheaf
    )
    assert set(sheaf.files) == {
        "_redirects",
        "redirects/nginx.map",
        "redirects/caddy.map",
        "redirects/pages.tsv",
    }
    assert [data.count(b"\n") for data in sheaf.files.values()] == [1, 1, 0, 1]


# --- what people are told ----------------------------------------------------------------------------------


@pytest.fixture
def archive(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The miniature archive, to be changed."""
    monkeypatch.setenv("NIANBAO_YEAR", "2026")
    shutil.copytree(root / "tests/miniature/reports", tmp_path / "reports")
    return tmp_path


def _nianbao(archive: Path, *words: str) -> int:
    return main(["--root", str(archive), *words])


def _add(file: str, line: str) -> Callable[[Path], None]:
    def add(archive: Path) -> None:
        path = archive / "reports" / file
        path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")

    return add


def test_check_tells_with_file_and_line(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report that is there and withdrawn at once: the line, and both ways out of it."""
    assert _nianbao(archive, "check") == 0
    _add(WITHDRAWN, "330411103,2020,2024-05-06,有误,县政府")(archive)
    capsys.readouterr()
    assert _nianbao(archive, "check") == 1
    told = capsys.readouterr().out
    assert "reports/withdrawn.csv:3:1: 错误 ID-UNIQUE 330411103/2020 写着撤下，报告却还在" in told
    assert "删去 reports/33/330411/330411103/2020.yml" in told
    assert _nianbao(archive, "check", str(archive / "reports/33")) == 0
    assert _nianbao(archive, "check", str(archive / "reports/withdrawn.csv")) == 1


def test_not_text(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (archive / "reports/moved.csv").write_bytes("编号".encode("gb18030"))
    assert _nianbao(archive, "check") == 2
    assert "reports/moved.csv 不是 UTF-8 文字" in capsys.readouterr().err


def test_as_excel_saves_it(archive: Path) -> None:
    path = archive / "reports/withdrawn.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert _nianbao(archive, "check") == 0
    assert Store(archive).former()[0].of("330411103")[0].year == 2021


def test_a_withdrawn_report_is_not_begun_anew(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _nianbao(archive, "new", "330411103", "2021") == 2
    assert "2021年度的报告在 2024-05-06 撤下了" in capsys.readouterr().err
    assert _nianbao(archive, "new", "330499103", "2021") == 2
    assert "编号 330499103 已经移到 330411103" in capsys.readouterr().err


def test_withdrawn_year_is_no_gap(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is sent to look for a report that was taken down; of what was kept of a county nothing is believed."""
    assert _nianbao(archive, "check") == 0
    assert "XY-GAP" not in capsys.readouterr().out
    (archive / "reports/withdrawn.csv").unlink()
    assert _nianbao(archive, "check") == 0
    assert "缺 2021 年度" in capsys.readouterr().out


def test_pages_are_valid_without_a_theme(world: World) -> None:
    """One first heading each; every link leads somewhere, but to the page of corrections, which MkDocs makes."""
    world.moved["340000001"] = "330411104"
    world.withdrawn["330411104", 2016] = "有误"
    world.write_former()
    site = world.build()
    for path in (
        "units/340000001",
        "units/340000001/2022",
        "units/330411104/2016",
        "years/2016",
        "regions/34",
    ):
        page = Page(_page(site, path))
        assert len(page.titles) == 1
        targets = [(site / path / link).resolve() for link in page.links]
        assert {t for t in targets if not t.is_dir()} <= {(site / "corrections").resolve()}
