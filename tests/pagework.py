"""What a page costs whoever opens it: bytes, shifts and paints in a browser on a slow line; and Lighthouse's marks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]
"""What the browser needs in a container."""

SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
"""Round trips of 150 ms, 1.6 Mbit/s down: the line that Lighthouse assumes of a phone."""

_WATCH = """
window.seen = {shift: 0, largest: 0};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.seen.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.seen.largest = entry.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
"""


@dataclass(frozen=True)
class View:
    """The first view of a page with an empty cache.

    Bytes are those on the line, heads of answers included: of the page itself, and by address of all that it asked
    for. `shift` is the cumulative layout shift, `largest` when the largest thing was painted, in ms.
    """

    page: int
    asked: dict[str, int]
    shift: float
    largest: float

    @property
    def bytes(self) -> int:
        """All that had to come."""
        return sum(self.asked.values())


def first_view(browser: Browser, url: str, *, width: int = 412, height: int = 823) -> View:
    """Open a page as a phone on a slow line does that has never been there."""
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    session = context.new_cdp_session(page)
    asked: dict[str, str] = {}
    came: dict[str, int] = {}

    def sent(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        came[asked[event["requestId"]]] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    page.add_init_script(_WATCH)
    page.goto(url, wait_until="networkidle")
    seen = page.evaluate("window.seen")
    context.close()
    return View(came[url], came, seen["shift"], seen["largest"])


CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMELESS = CATEGORIES[1:]
"""The categories whose marks do not depend on how busy this machine is."""

_AT_ONCE = {
    "pauseAfterFcpMs": 0,
    "pauseAfterLoadMs": 0,
    "networkQuietThresholdMs": 200,
    "cpuQuietThresholdMs": 0,
}


@dataclass(frozen=True)
class Marks:
    """Lighthouse's marks of a page from 0 to 100 by category, what kept it from full ones, its times in ms."""

    name: str
    marks: Mapping[str, int]
    faults: list[Any]
    times: Mapping[str, float | None]


def lighthouse(
    chrome: Path, modules: Path, pages: Mapping[str, str], categories: tuple[str, ...] = CATEGORIES
) -> Iterator[Marks]:
    """Lighthouse's marks of pages by name, one after the other in one browser, as of a phone on a slow line."""
    settings = {"onlyCategories": categories} | ({} if "performance" in categories else _AT_ONCE)
    flags = ["--headless=new", *FLAGS]
    asked = {"chrome": str(chrome), "flags": flags, "pages": list(pages.items()), "settings": settings}
    script = Path(__file__).parent / "node/lighthouse.js"
    done = subprocess.run(
        [Path(sys.prefix) / "bin/node", script],
        input=json.dumps(asked),
        env=os.environ | {"NODE_PATH": str(modules)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    yield from (Marks(**json.loads(line)) for line in done.stdout.splitlines())
