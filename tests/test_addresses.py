"""No address of the last release vanishes; a site that loses one is told which, and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from build_tools.cli import main
from build_tools.publish.addresses import addresses, advice, as_text, listed_addresses
from tests.buildwork import World

KEY = ("330411103", 2021)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A small archive with its site, and the list of its addresses beside it."""
    world = World(tmp_path)
    (world.base / "addresses.txt").write_text(as_text(addresses(world.build())), encoding="utf-8")
    return world


def _compare(world: World, *more: str, since: str = "addresses.txt") -> int:
    return main(["--root", str(world.base), "addresses", "--since", str(world.base / since), *more])


def _lose(world: World) -> None:
    """A report is gone, and nobody says where to."""
    world.report_file(KEY).unlink()
    del world.reports[KEY]
    world.build()


def test_list(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Every page by its address, sorted, the home page first, feeds and what the API says of units; nothing else."""
    assert main(["--root", str(world.base), "addresses"]) == 0
    told = capsys.readouterr().out.splitlines()
    pages = [path.parent.relative_to(world.site).as_posix() for path in world.site.rglob("index.html")]
    assert {at for at in told if at.endswith("/")} == {f"/{page}/".replace("/./", "/") for page in pages}
    assert told == sorted(told)
    files = {at for at in told if not at.endswith("/")}
    assert {f"/units/{unit}/atom.xml" for unit in world.units} < files
    assert {f"/api/v1/units/{unit}.json" for unit in world.units} < files
    assert {"/feeds/all.xml", "/feeds/due.ics", "/regions/330411/atom.xml", "/api/v1/index.json"} < files
    assert not [at for at in files if at.endswith((".csv", "report.json", ".jsonl", ".tsv"))]
    assert len(files) < len(told) / 2
    assert told[0] == "/"
    assert listed_addresses(world.base / "addresses.txt") == frozenset(told)


def test_nothing_lost(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages that are new are no loss."""
    world.write_report("330402001", 2019)
    world.build()
    assert _compare(world) == 0
    assert (
        "个网址都在；新的有 6 个" in capsys.readouterr().out
    )  # the report, its year in four regions, the year's data


def test_a_report_is_lost(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, with the rows that would mend it, and the list it alone was in; the list of the release is not written over."""
    before = (world.base / "addresses.txt").read_bytes()
    _lose(world)
    assert _compare(world, "-o", str(world.base / "addresses.txt")) == 1
    told = capsys.readouterr().err
    assert "上一版有、现在没有的网址 2 个" in told
    assert (
        "/units/330411103/2021/　移走的，在 reports/moved.csv 写一行 330411103/2021,新编号/2021,日期,原因"
        in told
    )
    assert "撤下的，在 reports/withdrawn.csv 写一行 330411103,2021,日期,原因,提出的机关" in told
    assert (world.base / "addresses.txt").read_bytes() == before


def test_following_the_advice(world: World) -> None:
    """Withdrawn or moved, the address is there again; also those of lists that have become empty."""
    _lose(world)
    world.withdrawn[KEY] = "有误"
    world.write_former()
    world.build()
    assert _compare(world) == 0
    del world.withdrawn[KEY]
    world.moved["330411103/2021"] = "410182110/2021"
    world.write_report("410182110", 2021)
    world.write_former()
    world.build()
    assert _compare(world) == 0


def test_a_unit_and_its_county_are_lost(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """A whole unit that moved leaves nothing lost: not its reports, its regions, its county's share of years."""
    world.write_unit("330411105", name="丁镇")
    for unit, year in [key for key in world.reports if key[0] == "410182110"]:
        world.write_report("330411105", year)
        del world.reports[unit, year]
    shutil.rmtree(world.base / "reports/41")
    del world.units["410182110"]
    world.build()
    assert _compare(world) == 1
    told = capsys.readouterr().err
    assert "/units/410182110/　移走的，在 reports/moved.csv 写一行 410182110,新编号,日期,原因" in told
    assert "/regions/41/　里面的单位和报告移走" in told
    world.moved["410182110"] = "330411105"
    world.write_former()
    world.build()
    assert _compare(world) == 0


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        ("/years/2020/330411/", "这一页会留着"),
        ("/quality/33/", "这一页会留着"),
        ("/data/provinces/33/", "--no-data"),
        ("/rules/T3-ROW-SUM/", "永不取消"),
        ("/api/v1/forms/2021.json", "永不取消"),
        ("/api/v1/units/330411103.json", "写一行 330411103,新编号"),
        ("/units/330411103/atom.xml", "写一行 330411103,新编号"),
        ("/regions/330411/atom.xml", "这一页会留着"),
        ("/feeds/all.xml", "恢复它"),
        ("/api/", "在 docs 的原处留一页"),
        ("/about/", "在 docs 的原处留一页"),
        ("/", "在 docs 的原处留一页"),
    ],
)
def test_advice(lost: str, words: str) -> None:
    assert words in advice(lost)


def test_the_former_site_or_its_lists(world: World) -> None:
    """What is compared with may be the site itself, or no more than its lists of files."""
    shutil.copytree(world.site, world.base / "before")
    lists = world.base / "lists"
    shutil.copytree(world.site / "manifest", lists / "manifest")
    shutil.copy(world.site / "manifest.tsv", lists)
    assert _compare(world, since="before") == 0
    assert _compare(world, since="lists") == 0
    _lose(world)
    assert _compare(world, since="before") == 1
    assert _compare(world, since="lists") == 1


def test_many_are_counted(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    path = world.base / "addresses.txt"
    path.write_text("".join(f"/units/{n}/\n" for n in range(120)), encoding="utf-8")
    assert _compare(world) == 1
    told = capsys.readouterr().err
    assert "网址 120 个" in told
    assert "另有 20 个没有列出" in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"units/1/\n", "不是网址"),
        (b"/units/\x00/\n", "不是网址"),
        (b"\xff\n", "不是 UTF-8"),
        (None, "没有这个文件"),
    ],
)
def test_what_is_no_list(
    world: World, text: bytes | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = world.base / "addresses.txt"
    path.unlink()
    if text is not None:
        path.write_bytes(text)
    assert _compare(world) == 2
    assert words in capsys.readouterr().err


def test_no_site(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(world.site)
    assert _compare(world) == 1
    assert "没有做好的网站" in capsys.readouterr().err
