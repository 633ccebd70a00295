"""What the search of a built archive costs and how good it is, in the real browser; tests/bench.py prints it."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from playwright.sync_api import Browser, sync_playwright

from tests.searchcases import Query, Score, cuts, queries, scores
from tests.searchtruth import Truth
from tests.searchwork import Answer, Network, SearchPage, engine, opened, suggestions
from tests.sitework import served

NETWORKS = (Network("60 ms, 10 Mbit/s", 60, 10), Network("150 ms, 1.6 Mbit/s", 150, 1.6))
COLD = 40  # queries asked in a browser that has never seen the site
BROWSER = Path(sys.prefix) / "browser"


@dataclass(frozen=True)
class Cold:
    """A query in a fresh browser: what came after the start, in how many files, and when the page was done."""

    query: Query
    answer: Answer
    bytes: int
    files: int
    start: int


def measure(root: Path, count: int) -> Iterator[str]:
    """Lines about the search of the archive below `root`, whose site is built."""
    yield from _index(root / "site/search/index", count)
    truth = Truth(root)
    asked = [*queries(truth), *cuts(truth, 105)]
    path = os.environ.get("CHROMIUM") or BROWSER.read_text(encoding="utf-8").strip()
    with sync_playwright() as playwright, served(root / "site") as address:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield from _cold(browser, address, asked, truth)
        yield from _whole(browser, address, asked, truth)
        browser.close()


def _index(folder: Path, count: int) -> Iterator[str]:
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    total = sum(sizes.values())
    start = sum(size for name, size in sizes.items() if name.startswith("start-"))
    help_ = sum(size for name, size in sizes.items() if name.startswith("help-"))
    yield f"index    {total:10,} bytes  {total / count:6.0f} a report  {len(sizes)} files  largest {max(sizes.values()):,}"
    yield f"start    {start:10,} bytes  help {help_:,} bytes"


def _cold(browser: Browser, address: str, asked: Sequence[Query], truth: Truth) -> Iterator[str]:
    """Bytes and time of queries in fresh browsers, from Enter until the page is done; the start is there."""
    plain = [query for query in asked if not query.suggests]
    sample = plain[:: max(1, len(plain) // COLD)]
    for network in NETWORKS:
        found = [_ask(browser, address, network, query) for query in sample]
        seconds, sizes = [one.answer.seconds for one in found], [one.bytes for one in found]
        yield (
            f"cold     {network.name}: {len(found)} queries  time p50 {at(seconds, 50):.2f} s  p95 {at(seconds, 95):.2f} s"
            f"  max {max(seconds):.2f} s  bytes median {at(sizes, 50):,.0f}  p95 {at(sizes, 95):,.0f}  max {max(sizes):,}"
            f"  files median {at([one.files for one in found], 50):.0f}"
        )
        dearest = max(found, key=lambda one: one.bytes)
        slowest = max(found, key=lambda one: one.answer.seconds)
        yield f"         dearest {dearest.query.text!r} {dearest.bytes:,} bytes; slowest {slowest.query.text!r}; page and start {found[0].start:,} bytes"
        wrong = [one.query.text for one in found if not set(one.answer.shown) <= one.query.wanted(truth)]
        odd = [one.query.text for one in found if one.answer.state != "done"]
        yield f"         shown reports that should not be: {wrong or 'none'}; not done: {odd or 'none'}"


def _ask(browser: Browser, address: str, network: Network, query: Query) -> Cold:
    with opened(browser, address, network) as search:
        start = search.bytes()
        search.forget()
        answer = search.ask(query.text)
        search.page.wait_for_load_state("networkidle")
        return Cold(query, answer, search.bytes(), len(search.sizes), start)


def _whole(browser: Browser, address: str, asked: Sequence[Query], truth: Truth) -> Iterator[str]:
    """Recall and precision of everything found, before confirmation, and what it takes to compute."""
    plain = [query for query in asked if not query.suggests]
    with opened(browser, address) as search:
        texts = [query.text for query in plain]
        engine(search.page, texts)
        found = engine(search.page, texts)  # every file is there now: this is computing alone
        spent = [one.milliseconds for one in found]
        yield f"compute  p50 {at(spent, 50):.1f} ms  p95 {at(spent, 95):.1f} ms  max {max(spent):.1f} ms"
        quality = scores(zip(plain, (one.ids for one in found), strict=True), truth)
        total, wrong = _typed(search, plain, truth)
        yield f"typed    {len(plain)} queries  {wrong} of them show a report that should not be there or lack one"
        yield from _classes(quality, total)
        for kind in sorted({query.kind for query in asked if query.suggests}):
            own = [query for query in asked if query.kind == kind]
            right = [any(q.suggests in n for n in suggestions(search.page, q.text)) for q in own]
            yield f"{kind}  {sum(right)} of {len(right)} suggested"


def _typed(search: SearchPage, plain: Sequence[Query], truth: Truth) -> tuple[dict[str, list[float]], int]:
    """How much of the totals that the page gives in the end is right, by class; how many queries are answered wrong."""
    total: dict[str, list[float]] = defaultdict(list)
    wrong = 0
    for query in plain:
        wanted, answer = query.wanted(truth), search.ask(query.text)
        total[query.kind].append(min(1, len(wanted) / answer.total) if answer.total > 0 else 1)
        right = set(answer.shown) <= wanted and len(answer.shown) >= min(10, len(wanted))
        wrong += not right or (answer.exact and answer.total != len(wanted)) or answer.state != "done"
    return total, wrong


def _classes(quality: dict[str, Score], total: dict[str, list[float]]) -> Iterator[str]:
    for kind, score in sorted(quality.items()):
        yield (
            f"{kind}  {len(score.recall)} queries  recall {mean(score.recall):.4f} (least {min(score.recall):.3f})"
            f"  precision {mean(score.precision):.4f}, of the page's total {mean(total[kind]):.4f}"
        )
    recall, precision = ([v for s in quality.values() for v in part(s)] for part in (_recall, _precision))
    ends = [value for values in total.values() for value in values]
    yield f"all  {len(recall)} queries  recall {mean(recall):.4f}  precision {mean(precision):.4f}, of the page's total {mean(ends):.4f}"
    yield from (f"    {fault}" for score in quality.values() for fault in score.faults if "misses" in fault)


def _recall(score: Score) -> list[float]:
    return score.recall


def _precision(score: Score) -> list[float]:
    return score.precision


def at(values: Sequence[float], percent: int) -> float:
    """The value below which so many of a hundred lie."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]
