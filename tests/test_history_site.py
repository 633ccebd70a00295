"""The history on the site: on pages, in files for programs, and in what is made anew and what is not."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from build_tools.forms import official
from build_tools.history import Absence, Change, Difference, Kind, Past, Unread, Value, schema
from build_tools.history.change import CellChange, PartChange
from build_tools.history.compare import read
from build_tools.model import Report
from build_tools.publish import Built, Wishes, build_site
from build_tools.render.history import history_part
from tests.buildwork import NAMES, YEARS, World, state
from tests.casework import base, yaml_text
from tests.gitwork import Repo
from tests.sitework import Page, tree
from tests.strategies import any_report

UNIT, OTHER = "330411103", "410182110"
KEY = (UNIT, 2021)
PAGE = f"units/{UNIT}/2021/index.html"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An archive in a repository, all of it committed; no site yet."""
    made = World(tmp_path)
    _repo(made).commit("收录", author="王小梅")
    return made


def _repo(world: World) -> Repo:
    repo = Repo(world.base)
    if not (world.base / ".git").exists():
        repo.init()
        ignored = ".cache\nsite\n.site.twin\n"
        (world.base / ".git/info/exclude").write_text(ignored, encoding="utf-8")
    return repo


def build(world: World, **wishes: Any) -> Built:
    """Build, and say what was done."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NIANBAO_YEAR", "2026")
        return build_site(world.base, world.hub(), Wishes(jobs=1, **wishes))


def page(world: World, path: str = PAGE) -> str:
    return (world.site / path).read_text(encoding="utf-8")


def told(world: World) -> list[dict[str, Any]]:
    """All changes that programs are told of, by month and then as they stand."""
    paths = sorted((world.site / "api/v1/changes").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_bytes().splitlines()]


# --- on the page ---------------------------------------------------------------------------------------


def test_section(world: World) -> None:
    """Who did what when and why, the newest first, each cell with the way to it."""
    world.write_report(*KEY, figure=5)
    _repo(world).commit("与原件核对", author="李四", at=1_790_000_000)
    build(world)
    html = page(world)
    section = html[html.index('id="history"') : html.index("</section>", html.index('id="history"'))]

    assert re.findall(r"<strong>(.*?)</strong>", section) == ["改了6格", "收录"]
    assert re.findall("<bdi[^>]*>(.*?)</bdi>", section) == ["李四", "与原件核对", "王小梅", "收录"]
    assert '<time datetime="2026-09-21T14:13:20Z">2026-09-21</time>' in section
    assert "<del>1</del> → <ins>5</ins>" in section
    ids = set(Page(html).ids)
    assert all(target in ids for target in re.findall('href="#([^"]+)"', section))
    assert '<a href="#history">收录与改动</a>' in html


def test_not_committed(world: World) -> None:
    """A report nobody has committed has no history; one that was edited since has that of before."""
    world.write_report(UNIT, 2020, figure=3)
    world.write_report(*KEY, figure=6)
    build(world)
    assert "这份报告还没有提交" in page(world, f"units/{UNIT}/2020/index.html")
    assert re.findall(r"<strong>(.*?)</strong>", page(world).partition('id="history"')[2]) == ["收录"]


def test_no_repository(world: World) -> None:
    """Each page says so in a line, and the build once."""
    shutil.rmtree(world.base / ".git")
    built = build(world)
    assert Absence.NO_REPOSITORY.line in page(world)
    assert built.summed_up(1).count("网页上没有收录与改动的经过") == 1
    listed = json.loads((world.site / "api/v1/changes/index.json").read_text(encoding="utf-8"))
    assert listed == {"known": False, "note": Absence.NO_REPOSITORY.line, "months": []}
    jsonschema.validate(listed, _schema("Changes"))


def test_no_word_of_it(world: World) -> None:
    """Where it is not wished for, nothing is said of it."""
    built = build(world, history=False)
    assert "收录与改动" not in page(world)
    assert not (world.site / "api/v1/changes").exists()
    assert json.loads((world.site / "api/v1/index.json").read_text(encoding="utf-8"))["changes"] is None
    assert built.remark == ""
    assert "<updated>2024-05-06T00:00:00Z</updated>" in page(world, f"units/{UNIT}/atom.xml")


def _change(**facts: Any) -> Change:
    known = {
        "unit": UNIT,
        "year": 2020,
        "at": "2026-01-01T00:00:00Z",
        "author": "张三",
        "why": "",
        "commit": "0" * 12,
        "kind": Kind.CHANGED,
    }
    return Change(**{**known, **facts})


GOLDEN = Path(__file__).with_name("golden") / "history"
CELLS = (
    CellChange(
        "t3.new.natural",
        "表三「一、本年新收政府信息公开申请数量」·自然人",
        Value("", "blank"),
        Value("4", "number"),
    ),
    CellChange("t2.licensing.items_prev", "表二「行政许可」·上一年项目数量", Value("35", "number"), None),
)


def _pasts() -> dict[str, Past | None]:
    """What a page may tell, by the name of a golden file."""
    changes = (
        _change(why="照原件", difference=Difference(CELLS, (PartChange("title", "标题"),))),
        _change(author="Bob", at="2025-03-01T08:00:00Z", difference=Difference(unread=(Unread.OLD,))),
        _change(at="2025-02-01T08:00:00Z", kind=Kind.LAYOUT, why="make fmt"),
        _change(at="2025-01-01T08:00:00Z", kind=Kind.ADDED, why="收录"),
    )
    absent = {f"absent, {absence}": Past((), absence) for absence in Absence}
    return {"changes": Past(changes), "not committed": Past(), **absent}


@pytest.mark.parametrize("name", _pasts())
def test_part(report: Report, golden: Callable[[Path, str], None], name: str) -> None:
    """Each sort of change, and each reason why there is none to tell of."""
    golden(GOLDEN / f"{name}.html", str(history_part(_pasts()[name], report)))


HOSTILE = "</bdi><script>alert('&')</script>\"' onclick=x"


def test_hostile_words_are_words(report: Report) -> None:
    """Nothing that is written in a commit or a report is taken for markup."""
    cell = CellChange("t3.new.natural", HOSTILE, Value(HOSTILE, "text"), None)
    found = Difference((cell,), (PartChange("title", HOSTILE),))
    html = history_part(Past((_change(author=HOSTILE, why=HOSTILE, difference=found),)), report)
    assert "<script" not in html
    assert {tag for tag, _ in Page(html).tags} <= {
        *("section", "h2", "ol", "ul", "li", "p", "time", "bdi", "strong", "span", "del", "ins", "a"),
    }
    assert "没有这一格" in html


@pytest.fixture
def report() -> Report:
    """A report in the form of 2021."""
    found = read(UNIT, 2022, yaml_text(base(official()["2021"], 2022)).encode(), official())
    assert found
    return found


def test_a_page_does_not_grow_for_ever(report: Report) -> None:
    """Of ten thousand changes of hundreds of cells some are shown, and how many are not is said."""
    cells = tuple(CellChange(f"t3.r{n}.c", "某格", None, Value("1" * 9999, "number")) for n in range(300))
    changes = (_change(difference=Difference(cells)),) * 10_000
    html = str(history_part(Past(changes), report))
    assert html.count("<time") == 40
    assert "更早的 9997 次" in html
    assert "还有 9960 次更早的改动没有列在这里" in html
    assert html.count("另有 260 格") == 40
    assert "href" not in html  # the form has none of these cells
    assert len(html) < 300_000


@settings(max_examples=30)
@given(any_report(), st.lists(st.sampled_from([Kind.ADDED, Kind.LAYOUT, Kind.REMOVED]), max_size=6))
def test_any_page(report: Report, kinds: list[Kind]) -> None:
    """The first few are in sight, all others in one fold."""
    html = str(history_part(Past(tuple(_change(kind=kind) for kind in kinds)), report))
    assert html.partition("<details>")[0].count("<time") == min(len(kinds), 3)
    assert html.count("<time") == len(kinds)
    assert ("<details>" in html) == (len(kinds) > 3)


# --- for programs --------------------------------------------------------------------------------------


def _schema(name: str) -> dict[str, Any]:
    """A schema whose references lead to its neighbours."""
    text = json.dumps(schema()).replace("#/", "#/$defs/")
    return {"$defs": json.loads(text), "$ref": f"#/$defs/{name}"}


def test_months(world: World) -> None:
    """A line for each change, by month, the oldest first; a list of the months that is right to the byte."""
    world.write_report(*KEY, figure=5)
    _repo(world).commit("改", at=1_790_000_000)
    world.report_file(KEY).write_text("[", encoding="utf-8")
    _repo(world).commit("坏", at=1_790_000_060)
    world.report_file(KEY).unlink()
    del world.reports[KEY]
    _repo(world).commit("撤", at=1_793_000_000)
    build(world)
    folder = world.site / "api/v1/changes"
    listed = json.loads((folder / "index.json").read_text(encoding="utf-8"))

    jsonschema.validate(listed, _schema("Changes"))
    for line in told(world):
        jsonschema.validate(line, _schema("Change"), format_checker=jsonschema.FormatChecker())
    assert [month["month"] for month in listed["months"]] == ["2023-11", "2026-09", "2026-10"]
    for month in listed["months"]:
        data = (folder / month["href"]).read_bytes()
        assert month["changes"] == data.count(b"\n")
        assert month["bytes"] == len(data)
        assert month["sha256"] == hashlib.sha256(data).hexdigest()
    assert [line["kind"] for line in told(world)][-3:] == ["changed", "changed", "removed"]
    assert told(world)[-2]["unreadable"] == ["new"]
    assert len(told(world)) == len(world.reports) + 1 + 3
    dates = [line["date"] for line in told(world)]
    assert dates == sorted(dates)


def test_cells_are_those_of_the_reports(world: World) -> None:
    """What a change says stood in a cell and stands in it is what report.json says before and after."""
    build(world)
    before = json.loads(page(world, f"units/{UNIT}/2021/report.json"))["tables"]
    world.write_report(*KEY, figure=5)
    _repo(world).commit("改")
    build(world)
    after = json.loads(page(world, f"units/{UNIT}/2021/report.json"))["tables"]
    (change,) = [line for line in told(world) if line["kind"] == "changed"]

    differing = {
        f"{table}.{row}.{column}"
        for table, rows in after.items()
        for row, cells in rows.items()
        for column, cell in cells.items()
        if cell != before[table][row][column]
    }
    assert {cell["id"] for cell in change["cells"]} == differing
    for cell in change["cells"]:
        table, row, column = cell["id"].split(".")
        for which, tables in (("old", before), ("new", after)):
            here = tables[table][row][column]
            assert cell[which] == {"raw": here["raw"], "state": here["state"]}


SECRET, FIGURE = "把张三的身份证号改正", 918273645


def _withdrawn(world: World, key: tuple[str, int] = KEY, at: int = 1_793_000_000) -> None:
    """A report is taken in, changed, and withdrawn."""
    world.write_report(*key, figure=FIGURE, prose="李四的住址")
    _repo(world).commit("收录", at=1_789_900_000)
    world.write_report(*key, figure=7, prose="某人的住址")
    _repo(world).commit(SECRET, author="王小梅", at=1_790_000_000)
    build(world)
    world.report_file(key).unlink()
    del world.reports[key]
    world.withdrawn[key] = "不该公布"
    world.write_former()
    _repo(world).commit(f"撤下：{SECRET}", at=at)


def _holding(world: World, words: str) -> set[str]:
    return {path for path, data in tree(world.site).items() if words.encode() in data}


def test_nothing_of_a_withdrawn_report_is_told(world: World) -> None:
    """Of its changes when and of what kind they were is left; no cell, no part, no reason, in no file of the site."""
    _withdrawn(world)
    month = "api/v1/changes/2026-09.jsonl"
    assert month in _holding(world, SECRET) & _holding(world, str(FIGURE))  # until it is withdrawn
    build(world)
    for words in (SECRET, str(FIGURE), "李四的住址", "某人的住址"):
        assert _holding(world, words) == set()
    own = [line for line in told(world) if (line["unit"], line["year"]) == KEY]
    assert [line["kind"] for line in own] == ["added", "changed", "changed", "removed"]
    for line in own:
        jsonschema.validate(line, _schema("Change"))
        assert (line["why"], line["cells"], line["parts"], line["withdrawn"]) == ("", [], [], True)
    others = [line for line in told(world) if line not in own]
    assert others
    assert not any("withdrawn" in line for line in others)


def test_it_is_told_again_when_it_is_back(world: World) -> None:
    """Whoever takes the row away, and puts the report back, has its whole history again; other counties stay as they are."""
    _withdrawn(world)
    build(world)
    other = "units/410182110/index.html"
    before = (world.site / other).stat().st_mtime_ns
    world.withdrawn.clear()
    world.write_former()
    world.write_report(*KEY, figure=7)
    build(world)
    assert "api/v1/changes/2026-09.jsonl" in _holding(world, SECRET)
    assert not any("withdrawn" in line for line in told(world))
    assert (world.site / other).stat().st_mtime_ns == before


@pytest.mark.parametrize("moved", ["330411105", "330411105/2021"])
def test_withdrawn_after_it_had_moved(world: World, moved: str) -> None:
    """What was told of it at its former address is not told any more either."""
    world.write_unit("330411105", name="旧镇")
    world.write_report("330411105", 2021, figure=FIGURE)
    world.write_report("330411105", 2020, figure=3)
    _repo(world).commit("收错了", at=1_789_000_000)
    world.write_report("330411105", 2021, figure=4)
    _repo(world).commit(SECRET, at=1_789_100_000)
    for year in (2020, 2021):
        world.report_file(("330411105", year)).unlink()
        del world.reports["330411105", year]
    if "/" not in moved:
        shutil.rmtree(world.unit_folder("330411105"))
        del world.units["330411105"]
    world.report_file(KEY).unlink()
    del world.reports[KEY]
    new = {"330411105": UNIT, "330411105/2021": f"{UNIT}/2021"}
    world.moved[moved] = new[moved]
    world.withdrawn[KEY] = "不该公布"
    world.write_former()
    _repo(world).commit("移走、撤下", at=1_789_200_000)
    build(world)
    assert _holding(world, SECRET) | _holding(world, str(FIGURE)) == set()
    kept = [line["why"] for line in told(world) if (line["unit"], line["year"]) == ("330411105", 2020)]
    assert kept == ["收错了", "移走、撤下"]


# --- what is made anew ---------------------------------------------------------------------------------


def test_one_commit_one_county(world: World) -> None:
    """What a commit touches is made anew and nothing else; one that touches no report changes nothing at all."""
    build(world)
    before = state(world.site)
    world.write_report(*KEY, figure=5)
    assert build(world).made == 1
    _repo(world).commit("改")
    assert build(world).made == 1
    after = state(world.site)
    allowed = (
        "units/330411",
        "regions/33",
        "years/",
        "manifest",
        "quality/",
        "feeds/all",
        "api/v1/",
        "data/",
        "compare/",
        "submit/index.html",  # like these two, it finds units by the index
        "search/",
        "index",
    )
    changed = {path for path in after if after[path] != before.get(path)}
    assert {path for path in changed if not path.startswith(allowed)} == set()
    assert PAGE in changed
    _repo(world).commit("只说一声")
    again = build(world)
    assert (again.made, again.changed) == (0, False)


def test_kept_files_are_not_what_is_relied_on(world: World) -> None:
    """A build that relies on nothing finds the same."""
    build(world)
    before = tree(world.site)
    assert build(world, fresh=True).made
    assert tree(world.site) == before


Edit = Callable[[World, int], object]


def _figure(world: World, n: int) -> None:
    world.write_report(*sorted(world.reports)[n % len(world.reports)], figure=n % 7)


def _prose(world: World, n: int) -> None:
    world.write_report(*sorted(world.reports)[n % len(world.reports)], prose=NAMES[n % 10] * 3)


def _add(world: World, n: int) -> None:
    key = sorted(world.units)[n % len(world.units)], YEARS[n % 4]
    if key not in world.withdrawn:
        world.write_report(*key, prose="新")


def _remove(world: World, n: int) -> None:
    if len(world.reports) > 2:
        key = sorted(world.reports)[n % len(world.reports)]
        world.report_file(key).unlink()
        del world.reports[key]


def _withdraw(world: World, n: int) -> None:
    """A report is withdrawn, or the row of one is struck out."""
    if n % 3 == 0 and world.withdrawn:
        del world.withdrawn[sorted(world.withdrawn)[n % len(world.withdrawn)]]
    elif len(world.reports) > 2:
        key = sorted(world.reports)[n % len(world.reports)]
        world.report_file(key).unlink()
        del world.reports[key]
        world.withdrawn[key] = "有误"
    world.write_former()


def _commit(world: World, n: int) -> None:
    repo = Repo(world.base)
    repo.commit(NAMES[n % 10], author=NAMES[n // 10 % 10], at=1_700_000_000 + 900_000 * (n % 40))


def _amend(world: World, n: int) -> None:
    Repo(world.base).git("commit", "-q", "--amend", "--allow-empty", "-m", f"又说{n}", GIT_AUTHOR_NAME="丙")


def _back(world: World, _: int) -> None:
    repo = Repo(world.base)
    if int(repo.git("rev-list", "--count", "HEAD")) > 1:
        repo.git("reset", "-q", "--soft", "HEAD~1")


def _lose(world: World, n: int) -> None:
    lost = (".cache/nianbao/history", ".cache/nianbao/records", ".cache", "site", ".git/index")[n % 5]
    path = world.base / lost
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _gone(world: World, n: int) -> None:
    """There is no repository any more, or again."""
    here, aside = world.base / ".git", world.folder / "aside"
    if n % 3 == 0 and here.exists() and not aside.exists():
        here.rename(aside)
    elif aside.exists():
        aside.rename(here)


EDITS: list[Edit] = [_figure, _prose, _add, _remove, _withdraw, *[_commit] * 4, _amend, _back, _lose, _gone]


@settings(max_examples=int(os.environ.get("NIANBAO_SEQUENCES", "8")), phases=[Phase.generate])
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 399)), min_size=1, max_size=3),
        min_size=2,
        max_size=6,
    )
)
def test_any_sequence(steps: list[list[tuple[Edit, int]]]) -> None:
    """Whatever was edited, committed, rewritten and lost, the site is that of a build from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        _repo(world).commit("收录")
        world.build()
        for edits in steps:
            for edit, n in edits:
                if (world.base / ".git").exists() or edit not in {_commit, _amend, _back}:
                    edit(world, n)
            with tempfile.TemporaryDirectory(dir=folder) as clean:
                assert tree(world.build()) == tree(world.build(Path(clean)))
