"""Feeds and the calendar: read by other programs, the same wherever the site stands, whatever reports are called."""

import datetime as dt
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]  # it has none
import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.decode import decode
from build_tools.due import due, dues, in_force
from build_tools.former import Withdrawn
from build_tools.forms import official
from build_tools.history import Change, Kind
from build_tools.model import Origin, Report
from build_tools.news import MOST, News, newest, news_of, news_of_withdrawn
from build_tools.publish import Settings, Wishes, build_site
from build_tools.render.calendar import calendar
from build_tools.render.feeds import feed, urn
from build_tools.source import parse
from build_tools.units import kinds
from tests.buildwork import World
from tests.casework import base, yaml_text
from tests.gitwork import Repo
from tests.sitework import Page, tree

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = Path(__file__).with_name("cases") / "atom.rnc"
UNIT, NAME, YEAR = "330411103", "甲镇", 2022

Valid = Callable[..., None]


@pytest.fixture(scope="session")
def valid(html_checker: list[str]) -> Valid:
    """`valid(*paths)`: each is a feed as RFC 4287 has it. The HTML checker has a validator of schemas inside."""
    java, *_, jar = html_checker
    command = [java, "-cp", jar, "nu.validator.vendor.thaiopensource.relaxng.util.Driver", "-c", str(SCHEMA)]

    def check(*paths: Path) -> None:
        done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return check


def _report(**facts: Any) -> Report:
    text = yaml_text(base(official()["2021"], YEAR))
    report, problems = decode(parse(f"{text}\n"), UNIT, YEAR, official())
    assert report, problems
    return replace(report, **facts)


def _change(kind: Kind, at: str, why: str = "") -> Change:
    return Change(UNIT, YEAR, at, "张三", why, "0" * 12, kind)


# --- what is told of a report --------------------------------------------------------------------------


def test_the_last_change_counts() -> None:
    """Not when a file was laid out anew."""
    changes = [
        _change(Kind.LAYOUT, "2026-03-01T00:00:00Z"),
        _change(Kind.CHANGED, "2026-02-01T00:00:00Z", "照原件"),
        _change(Kind.ADDED, "2026-01-01T00:00:00Z"),
    ]
    news = news_of(_report(), NAME, changes)
    assert news.updated == "2026-02-01T00:00:00Z"
    assert news.told.startswith("张三：改了")
    assert news.told.endswith("。照原件")


DATES = [
    ("2026-01-02", "2023-01-20", "2026-01-02T00:00:00Z"),
    ("", "2023-01-20", "2023-01-20T00:00:00Z"),
    ("", "", "2023-01-01T00:00:00Z"),
]


@pytest.mark.parametrize(("captured", "published", "updated"), DATES)
def test_without_a_history(captured: str, published: str, updated: str) -> None:
    """The day it was taken from its source, else the day it was published, else the first it can have been."""
    report = _report(origin=Origin(captured=captured), published=published)
    news = news_of(report, NAME, [])
    assert (news.updated, news.told) == (updated, "")


GONE = Withdrawn(UNIT, YEAR, "2026-02-01", "写有张三的住址", "张三")
CLOCKS = [
    ([], "2026-02-01T00:00:00Z"),
    ([_change(Kind.REMOVED, "2026-02-01T09:00:00Z", "撤下张三的")], "2026-02-01T09:00:00Z"),
    ([_change(Kind.CHANGED, "2026-01-01T00:00:00Z", "改正张三的")], "2026-02-01T00:00:00Z"),
]


@pytest.mark.parametrize(("changes", "updated"), CLOCKS)
def test_a_withdrawn_report(changes: list[Change], updated: str) -> None:
    """When, and that it was: neither its title nor any reason. Never older than what was told of it before."""
    news = news_of_withdrawn(GONE, NAME, changes)
    assert news == News(UNIT, NAME, YEAR, "甲镇2022年度报告已撤下", updated, "2026-02-01 已撤下。")


def _news(n: int, updated: str) -> News:
    return News(f"33041110{n % 10}", NAME, 2000 + n, "题", updated, "")


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 12)), max_size=120), st.randoms())
def test_newest(found: list[tuple[int, int]], shuffle: Any) -> None:
    """The newest few in the same order, however they come, and piece by piece as well as all at once."""
    news = list({one[:3]: one for one in (_news(n, f"2026-{m:02}-01T00:00:00Z") for n, m in found)}.values())
    whole = newest(news)
    assert len(whole) == min(len(news), MOST)
    assert [one.updated for one in whole] == sorted((one.updated for one in news), reverse=True)[:MOST]
    shuffle.shuffle(news)
    assert newest(news) == whole
    assert newest((*newest(news[:30]), *newest(news[30:]))) == whole


# --- feeds ---------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(WORDS, WORDS, WORDS, st.sampled_from(["", "https://a.example/b/", "https://a.example/b"]))
def test_any_words(title: str, name: str, told: str, site: str) -> None:
    """Whatever units, reports and reasons are called, a feed is well formed, and no word is taken for markup."""
    news = [News(UNIT, name, YEAR, title, "2026-01-01T00:00:00Z", told)]
    text = feed(f"units/{UNIT}/atom.xml", f"units/{UNIT}/", name, news, site)
    entry = ET.fromstring(text).find(f"{ATOM}entry")  # noqa: S314  # made here
    assert entry is not None
    assert {child.tag for child in entry.iter()} == {
        *(ATOM + tag for tag in ("entry", "id", "title", "updated", "author", "name", "link", "summary"))
    }
    if title.isprintable():
        assert entry.findtext(f"{ATOM}title") == title


def test_ids_stay() -> None:
    """They are promised: a reader who has seen an entry must not see it as another."""
    assert urn(f"{UNIT}/{YEAR}") == "urn:uuid:355ff8bc-ee5b-556e-ab8c-6e6c25d8b141"
    assert urn("feeds/all.xml") == "urn:uuid:23ed5e98-1757-5078-8214-fcf1cf5137ac"


def test_an_empty_feed(tmp_path: Path, valid: Valid) -> None:
    """Of a unit without reports."""
    path = tmp_path / "atom.xml"
    path.write_text(feed("units/1/atom.xml", "units/1/", NAME, [], ""), encoding="utf-8")
    valid(path)


SPOILT = {
    "two ids": ("<id>", "<id/><id>"),
    "a date without a time": ("T00:00:00Z", ""),
    "another rel": ('rel="alternate"', 'rel="other"'),
    "no name": (f"<name>{NAME}</name>", "<name> </name>"),
    "strange": ("<summary>", "<b/><summary>"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_no_feed_is_refused(tmp_path: Path, valid: Valid, name: str) -> None:
    """The schema would find out."""
    path, sound = tmp_path / "atom.xml", _news(0, "2026-01-01T00:00:00Z")
    text = feed("units/1/atom.xml", "units/1/", NAME, [sound], "")
    path.write_text(text, encoding="utf-8")
    valid(path)
    path.write_text(text.replace(*SPOILT[name]), encoding="utf-8")
    with pytest.raises(AssertionError):
        valid(path)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An archive with a history of two commits; titles that could be taken for markup."""
    made = World(tmp_path)
    made.write_report(UNIT, 2021, title="年政府信息公开工作年度报告（<b>&amp;]]>）")
    repo = Repo(made.base).init()
    repo.commit("收录 <甲> & ]]>")
    made.write_report(UNIT, 2022, figure=5)
    repo.commit("照原件", author="李四", at=1_790_000_000)
    return made


def _built(world: World, address: str = "") -> Path:
    hub = world.hub()
    settings = Settings(hub.settings.site, world.base, site_url=address)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NIANBAO_YEAR", "2026")
        build_site(world.base, replace(hub, settings=settings), Wishes(jobs=1))
    return world.site


@pytest.mark.parametrize("address", ["", "https://archive.example/nianbao/"])
def test_every_feed_of_a_site(world: World, valid: Valid, address: str) -> None:
    """Each is valid, its own page offers it, and its links lead where it says, whole or from where it stands."""
    world.moved["340000001"] = UNIT
    world.write_former()
    site = _built(world, address)
    paths = sorted(site.rglob("atom.xml"))
    valid(*paths, site / "feeds/all.xml")
    pages = {
        path.parent for pattern in ("units/*", "regions/*") for path in site.glob(f"{pattern}/index.html")
    }
    assert {path.parent for path in paths} == pages
    assert site / "units/340000001" in pages  # of a unit that moved
    for path in (*paths, site / "feeds/all.xml"):
        here = path.relative_to(site).as_posix()
        found = feedparser.parse(path.read_bytes())
        assert not found.bozo
        own = urljoin("https://archive.example/nianbao/", here)
        links = {link.rel: urljoin(own, link.href) for link in found.feed.links}
        assert links["self"] == own
        assert all(link.href.startswith(address) for entry in found.entries for link in entry.links)
        former = here.startswith(("units/34", "regions/34"))
        for entry in found.entries if not former else ():
            target = urljoin(own, entry.link).removeprefix("https://archive.example/nianbao/")
            assert f"<h1>{_escaped(entry.title)}</h1>" in (site / target / "index.html").read_text("utf-8")
        page = Page((path.parent / "index.html").read_text("utf-8")) if path.parent in pages else None
        assert former or page is None or "atom.xml" in page.links


def _escaped(title: str) -> str:
    return title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_what_is_newest(world: World) -> None:
    """The same order and the same words in the feeds of the unit, the county, the province and all."""
    site = _built(world)
    whole = feedparser.parse((site / "feeds/all.xml").read_bytes())
    first = whole.entries[0]
    assert (first.updated, first.author) == ("2026-09-21T14:13:20Z", "乙镇")
    assert first.summary == "李四：改了6格。照原件"
    assert whole.feed.updated == first.updated
    assert len(whole.entries) == len(world.reports)
    for place in (f"units/{UNIT}", "regions/330411", "regions/3304", "regions/33"):
        part = feedparser.parse((site / place / "atom.xml").read_bytes())
        inside = [entry for entry in whole.entries if entry.id in {one.id for one in part.entries}]
        assert [(one.id, one.updated, one.summary) for one in part.entries] == [
            (one.id, one.updated, one.summary) for one in inside
        ]


def test_a_withdrawal_reaches_subscribers(world: World, valid: Valid) -> None:
    """The entry of the report is the same one, the newest of all, in every feed that told of it, and says no more."""
    title = "（<b>&amp;]]>）"
    before = feedparser.parse((_built(world) / "feeds/all.xml").read_bytes())
    world.report_file((UNIT, 2021)).unlink()
    del world.reports[UNIT, 2021]
    world.withdrawn[UNIT, 2021] = "写有张三的住址"
    world.write_former()
    Repo(world.base).commit("撤下张三的", at=1_791_000_000)
    site = _built(world)
    for place in (
        "feeds/all.xml",
        *(f"{at}/atom.xml" for at in (f"units/{UNIT}", "regions/3304", "regions/33")),
    ):
        valid(site / place)
        found = feedparser.parse((site / place).read_bytes())
        first = found.entries[0]
        assert first.id in {entry.id for entry in before.entries}
        assert (first.title, first.summary) == ("乙镇2021年度报告已撤下", "2024-05-06 已撤下。")
        assert found.feed.updated == first.updated == "2026-10-03T04:00:00Z"
        assert found.feed.updated > before.feed.updated
        text = (site / place).read_text("utf-8")
        assert not [words for words in (title, _escaped(title), "张三的") if words in text]


def test_ids_do_not_hang_on_the_address(world: World) -> None:
    """Nor on the day: a site that moves is no news."""
    plain = tree(_built(world))
    shutil.rmtree(world.site)
    moved = tree(_built(world, "https://elsewhere.example/"))
    for path in (f"units/{UNIT}/atom.xml", "feeds/all.xml"):
        one, other = (feedparser.parse(site[path]) for site in (plain, moved))
        assert [(e.id, e.updated) for e in one.entries] == [(e.id, e.updated) for e in other.entries]
        assert one.feed.id == other.feed.id


# --- until when ----------------------------------------------------------------------------------------

DAYS = [
    ("镇", 2025, "2026-01-31", False),
    ("街道", 2019, "2020-01-31", False),
    ("县级管委会", 2019, "2020-01-31", False),
    ("县级部门", 2019, "2020-01-31", True),
    ("国务院部门", 2023, "2024-01-31", True),
    ("县级政府", 2019, "2020-03-31", True),
    ("省级政府", 2025, "2026-03-31", True),
    ("镇", 2018, "2019-03-31", True),
    ("县级部门", 2008, "2009-03-31", True),
]


@pytest.mark.parametrize(("kind", "year", "day", "binding"), DAYS)
def test_due(kind: str, year: int, day: str, *, binding: bool) -> None:
    """By the regulation of the time, or by what is usual where it names no day."""
    found = due(kinds()[kind], year)
    assert found
    assert (found.on(year), found.binding) == (day, binding)


def test_every_kind_has_a_day() -> None:
    """One in each year since there is a regulation, and none before."""
    for kind in kinds().values():
        for year in range(2008, 2040):
            assert sum(kind.due in one.of and one.holds(year) for one in dues()) == 1, (kind.id, year)
        assert due(kind, 2007) is None


def _read(text: str) -> Any:
    """The calendar as the library has it; its values are of dozens of types."""
    return icalendar.Calendar.from_ical(text)


def test_calendar() -> None:
    """Another program finds the days, each year anew, with who is meant and on what ground."""
    found = _read(calendar(in_force()))
    events = found.walk("VEVENT")
    assert found["VERSION"] == "2.0"
    assert len({str(event["UID"]) for event in events}) == len(events) == 3
    for event, one in zip(events, in_force(), strict=True):
        assert one.first
        assert event["DTSTART"].dt == dt.date.fromisoformat(one.on(one.first))
        assert event["RRULE"].to_ical() == b"FREQ=YEARLY"
        assert event["DTSTAMP"].dt == dt.datetime.combine(event["DTSTART"].dt, dt.time(), dt.UTC)
        assert "、".join(one.of) in event["SUMMARY"]
        assert one.basis in event["DESCRIPTION"]
        assert ("惯例" in event["SUMMARY"]) == (not one.binding)
    assert found.errors == []


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_basis(basis: str) -> None:
    """Lines are short enough, and give the same words again."""
    text = calendar([replace(in_force()[0], basis=basis)])
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    (event,) = _read(text).walk("VEVENT")
    assert event["DESCRIPTION"] == f"依据：{basis}"


def test_the_page_on_feeds_says_the_same(root: Path) -> None:
    """The days are data; the page for people is written by hand."""
    text = (root / "docs/feeds.md").read_text(encoding="utf-8")
    for one in in_force():
        line = next(line for line in text.splitlines() if line.startswith(f"| {'、'.join(one.of)} "))
        assert f"{one.month}月{one.day}日" in line
