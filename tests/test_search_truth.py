"""The search of the built site against plain substring search over the YAML, typed into the real page."""

import gzip
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest
from playwright.sync_api import Browser, Route

from tests import synthetic
from tests.searchcases import CUTS, Query, cuts, queries, scores
from tests.searchtruth import Truth
from tests.searchwork import SearchPage, engine, opened, suggestions
from tests.sitework import build, served, workshop

pytestmark = pytest.mark.xdist_group("search")

REPORTS = 1000
PAGE = 10
LOOK_ON = 30  # of queries with a few more hits than a page holds, all are looked at


@dataclass(frozen=True)
class Searched:
    """A built archive that is served, what must be found in it, and the page."""

    site: Path
    address: str
    truth: Truth
    queries: list[Query]
    page: SearchPage

    @property
    def plain(self) -> list[Query]:
        """The queries that are to find what they say."""
        return [query for query in self.queries if not query.suggests]


def _searched(browser: Browser, folder: Path) -> Iterator[Searched]:
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    truth = Truth(folder)
    with served(folder / "site") as address, opened(browser, address) as page:
        yield Searched(folder / "site", address, truth, [*queries(truth), *cuts(truth, 105)], page)


@pytest.fixture(scope="module")
def large(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searched]:
    """A thousand synthetic reports."""
    folder = tmp_path_factory.mktemp("synthetic")
    synthetic.archive(folder, REPORTS)
    yield from _searched(browser, folder)


@pytest.fixture(scope="module")
def small(root: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searched]:
    """The miniature archive, with every sort of report."""
    folder = workshop(root, tmp_path_factory.mktemp("miniature"))
    shutil.rmtree(folder / "reports")
    shutil.copytree(root / "tests/miniature/reports", folder / "reports")
    yield from _searched(browser, folder)


@pytest.fixture(params=["small", "large"])
def searched(request: pytest.FixtureRequest) -> Searched:
    """Each of the two archives."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Searched)
    return found


def test_queries_are_many(large: Searched) -> None:
    """At least 150 that people wrote, in all classes, and 100 cuts; most of them find something."""
    written = [query for query in large.queries if query.kind != CUTS]
    vain = [q.text for q in large.plain if not q.absent and not q.wanted(large.truth)]

    assert len(written) >= 150
    assert len(large.queries) - len(written) >= 100
    assert len({query.kind[:2] for query in large.queries}) == 18
    assert len(vain) <= len(large.plain) // 20, vain


def test_typed_into_the_page(searched: Searched) -> None:
    """The page shows the right reports and no other, as many as fit; a total without 约 is right to the last.

    Where it says 约, nothing is missing from what it has found, and of all of it nearly all is right.
    """
    faults, precision = [], []
    for query in searched.plain:
        wanted = query.wanted(searched.truth)
        full = len(wanted) if len(wanted) <= LOOK_ON else PAGE
        answer = searched.page.ask(query.text, full)
        told = f"{query.kind} {query.text!r}: "
        if answer.state != "done":
            faults.append(f"{told}the page says {answer.state}")
        if not set(answer.shown) <= wanted:
            faults.append(f"{told}{sorted(set(answer.shown) - wanted)[:3]} should not be there")
        if len(answer.shown) < full:
            faults.append(f"{told}{len(answer.shown)} shown, {full} expected")
        if answer.exact and max(answer.total, 0) != len(wanted):
            faults.append(f"{told}the total is {answer.total}, not {len(wanted)}")
        precision.append(len(wanted) / answer.total if answer.total > 0 else 1)
    assert faults == []
    assert max(precision) == 1  # more would be reports that were missed
    assert mean(precision) >= 0.97


def test_before_anything_is_confirmed(searched: Searched) -> None:
    """The engine by itself misses nothing in any class. The page rejects what it finds too much."""
    found = engine(searched.page.page, [query.text for query in searched.plain])
    score = scores(zip(searched.plain, (one.ids for one in found), strict=True), searched.truth)

    assert [fault for one in score.values() for fault in one.faults if "misses" in fault] == []
    assert all(min(one.recall) == 1 for one in score.values())
    assert mean([value for one in score.values() for value in one.precision]) >= 0.95
    assert [
        query.text
        for query, one in zip(searched.plain, found, strict=True)
        if one.exact and set(one.ids) != query.wanted(searched.truth)
    ] == []


def test_absent(large: Searched) -> None:
    """What stands nowhere is found nowhere, and hostile text does no harm."""
    absent = [query for query in large.queries if query.absent]
    found = {query.text: large.page.ask(query.text) for query in absent}

    assert len(absent) >= 6
    assert [q.text for q in absent if q.wanted(large.truth)] == []
    assert {text: answer.shown for text, answer in found.items() if answer.shown or answer.total > 0} == {}


@pytest.mark.parametrize("kind", ["16", "17"])
def test_suggestions(large: Searched, kind: str) -> None:
    """For most slips and for pinyin the right name is offered."""
    asked = [query for query in large.queries if query.suggests and query.kind.startswith(kind)]
    offered = {query.text: suggestions(large.page.page, query.text) for query in asked}
    failed = [(q.text, offered[q.text]) for q in asked if not any(q.suggests in n for n in offered[q.text])]

    assert len(asked) >= 10
    assert len(failed) <= 0.2 * len(asked), failed


# --- a deploy half done ------------------------------------------------------------------------------

START, SHARD, REPORT, HELP = "start", "shard", "report", "help"
FILES = {
    START: re.compile("/index/start-[^/]+[.]bin$"),
    SHARD: re.compile("/index/[^/-]+[.]bin$"),
    REPORT: re.compile("/report[.]json$"),
    HELP: re.compile("/index/help-[^/]+[.]bin$"),
}
QUERIES = {START: "低保", SHARD: "低保", REPORT: "城乡居民基本养老保险", HELP: "養老"}


def _broken(site: Path, part: str, fault: str, path: str) -> dict[str, object]:
    """What the host answers instead of a file."""
    data = (site / path).read_bytes()
    if fault == "gone":
        return {"status": 404, "body": "<h1>没有这一页</h1>", "content_type": "text/html"}
    if fault == "html":
        return {"status": 200, "body": "<!doctype html><h1>网站首页</h1>", "content_type": "text/html"}
    if fault == "cut":
        return {"status": 200, "body": data[: len(data) // 2]}
    if fault == "cut inside":
        inner = gzip.decompress(data) if part != REPORT else data
        return {"status": 200, "body": gzip.compress(inner[: len(inner) // 2])}
    if fault == "another":
        (other, *_) = (p for p in sorted((site / "search/index").iterdir()) if not path.endswith(p.name))
        return {"status": 200, "body": other.read_bytes()}
    return {"status": 200, "body": b""}


@pytest.mark.parametrize("fault", ["gone", "html", "cut", "cut inside", "empty", "another"])
@pytest.mark.parametrize("part", [START, SHARD, REPORT, HELP])
def test_half_a_deploy(browser: Browser, large: Searched, part: str, fault: str) -> None:
    """What did not load is told, with a way to try again; it is never taken for nothing found."""
    prefix = len(large.address)

    def answer(route: Route) -> None:
        path = route.request.url[prefix:].partition("?")[0]
        body = _broken(large.site, part, fault, path)
        route.fulfill(**body)  # type: ignore[arg-type]  # a dict of its named arguments

    context = browser.new_context()
    page = context.new_page()
    try:
        page.route(FILES[part], answer)
        page.goto(f"{large.address}search/")
        page.fill("#search-q", QUERIES[part])
        page.press("#search-q", "Enter")
        page.wait_for_selector("#search[data-state=error]", state="attached", timeout=15000)
        alert = page.locator("#search [role=alert]").inner_text()
        text = page.locator("#search").inner_text()
    finally:
        context.close()

    assert alert.strip()
    assert "没有找到" not in text
