"""Drives the search page in a real browser, and its engine; counts bytes and time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

# --- the page ----------------------------------------------------------------------------------------


class Network(NamedTuple):
    """A line between browser and host: its delay and how much it carries."""

    name: str
    milliseconds: int
    megabits: float


@dataclass(frozen=True)
class Answer:
    """What the page shows for a query."""

    state: str
    total: int
    exact: bool
    shown: tuple[str, ...]
    seconds: float


_WATCH = """
() => {
  const root = document.getElementById("search");
  let asked = 0, done = 0;
  root.dataset.state = "typed";
  document.addEventListener("keydown", event => { if (event.key === "Enter") asked = performance.now(); }, {capture: true, once: true});
  const observer = new MutationObserver(() => {
    if (done || !asked || !/^(shown|done|error)$/.test(root.dataset.state)) return;
    done = performance.now();
    observer.disconnect();
  });
  observer.observe(root, {attributes: true});
  self.watched = () => (done - asked) / 1000;
}
"""
"""Takes the time in the page itself, from Enter until everything is there: a driver is slower than a page."""


@dataclass
class SearchPage:
    """The search page in a tab of its own."""

    page: Page
    address: str
    line: CDPSession
    urls: dict[str, str] = field(default_factory=dict, repr=False)
    sizes: dict[str, int] = field(default_factory=lambda: defaultdict(int), repr=False)

    def load(self) -> None:
        """Open the page and go to the box, so that the start of the index is there."""
        self.page.goto(f"{self.address}search/", wait_until="load")
        self.page.focus("#search-q")
        self.page.wait_for_load_state("networkidle")

    def ask(self, text: str, show: int = 10) -> Answer:
        """Type a query, press Enter, wait, and look on until `show` results are there or all."""
        self.page.evaluate(_WATCH)
        self.page.fill("#search-q", text)
        self.page.press("#search-q", "Enter")
        self.settled()
        seconds = float(self.page.evaluate("self.watched()"))
        while len(self.shown()) < show and self.page.is_visible("#search-more"):
            self.page.click("#search-more")
            self.settled()
        total = self.page.locator("#search-total")
        return Answer(
            state=self.page.get_attribute("#search", "data-state") or "",
            total=int(total.get_attribute("data-total") or -1),
            exact=total.get_attribute("data-exact") == "true",
            shown=tuple(self.shown()),
            seconds=seconds,
        )

    def settled(self) -> None:
        """Wait until everything on the page is certain."""
        self.page.wait_for_selector("#search[data-state=done], #search[data-state=error]", state="attached")

    def shown(self) -> list[str]:
        """The reports on the page."""
        read = "items => items.map(item => item.dataset.report)"
        found: list[str] = self.page.eval_on_selector_all("#search-results [data-report]", read)
        return found

    def bytes(self, part: str = "") -> int:
        """What came over the network since the last `forget`, headers too, of addresses with `part` in them."""
        return sum(size for id_, size in self.sizes.items() if part in self.urls.get(id_, ""))

    def forget(self) -> None:
        """Count bytes from here."""
        self.sizes.clear()


@contextmanager
def opened(browser: Browser, address: str, network: Network | None = None) -> Iterator[SearchPage]:
    """The search page in a browser that has never seen it, over such a network."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        search = SearchPage(page, address, _line(context, page, network))
        search.line.on(
            "Network.requestWillBeSent", lambda e: search.urls.update({e["requestId"]: e["request"]["url"]})
        )
        search.line.on(
            "Network.loadingFinished", lambda e: search.sizes.update({e["requestId"]: e["encodedDataLength"]})
        )
        search.load()
        yield search
    finally:
        context.close()


def _line(context: BrowserContext, page: Page, network: Network | None) -> CDPSession:
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    if network:
        rate = network.megabits * 1e6 / 8
        line.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": network.milliseconds,
                "downloadThroughput": rate,
                "uploadThroughput": rate,
            },
        )
    return line


# --- the engine --------------------------------------------------------------------------------------

_ENGINE = """
async ([texts, filters]) => {
  const archive = await nianbao.archive.open(document.getElementById("search").dataset.start);
  const known = self.benchIds || (self.benchIds = Array.from({length: archive.count}, (_, doc) => archive.id(doc)));
  const found = [];
  for (const text of texts) {
    const start = performance.now();
    const asked = await nianbao.query.run(archive, text, {});
    const empty = nianbao.terms.parse(text).empty;
    const set = nianbao.facets.select(archive, asked.ranks, Object.assign({sort: "relevance"}, filters));
    const spent = performance.now() - start;
    found.push([empty ? [] : Array.from(set.docs, doc => known[doc]), asked.exact, spent]);
  }
  return found;
}
"""
_NONE: Mapping[str, list[str]] = {
    key: [] for key in ("year", "region", "level", "kind", "form", "flag", "requests")
}


class Found(NamedTuple):
    """The whole set for a query, whether it is exact, and the milliseconds it took."""

    ids: list[str]
    exact: bool
    milliseconds: float


def engine(page: Page, texts: list[str]) -> list[Found]:
    """What the page's own engine says of queries, unconfirmed."""
    found: list[Found] = []
    for at in range(0, len(texts), 20):  # large answers, in pieces
        found += [Found(*one) for one in page.evaluate(_ENGINE, [texts[at : at + 20], dict(_NONE)])]
    return found


def suggestions(page: Page, text: str) -> list[str]:
    """The names the page would offer for a query."""
    ask = """async text => {
      const archive = await nianbao.archive.open(document.getElementById("search").dataset.start);
      return (await nianbao.suggest.places(archive, text)).map(one => one.text);
    }"""
    found: list[str] = page.evaluate(ask, text)
    return found
