"""What a page costs whoever opens it: bytes, shifts and paints in a browser on a slow line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser

SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
"""Round trips of 150 ms, 1.6 Mbit/s down: the line that Lighthouse assumes of a phone."""

_QUIET = 400  # ms without a request, after which nothing more is expected

_WATCH = """
window.seen = {shift: 0, largest: 0, element: ""};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.seen.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.seen.largest = entry.startTime;
    window.seen.element = entry.element ? entry.element.tagName + " " + entry.element.textContent.slice(0, 20) : "";
  }
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
    page.wait_for_timeout(_QUIET)
    seen = page.evaluate("window.seen")
    context.close()
    return View(came[url], came, seen["shift"], seen["largest"])
