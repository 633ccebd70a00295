"""What the history of an archive costs: `python -m tests.historybench [N …]`.

An archive of N synthetic reports is put into a repository: a commit for the reports of each unit, then one for each
edit of every second report. Measured are the first look at it, looks when nothing or one commit is new, and builds of
the site with and without it, each on one processor.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from build_tools.history import History, Keeping, history_of
from build_tools.store import Store
from build_tools.workers import spread
from tests import synthetic
from tests.bench import BUILD, CORE
from tests.gitwork import START, Repo
from tests.gitwork import environment as git_environment
from tests.peers.measure import run
from tests.peers.table import lines
from tests.sitework import environment


def repository(folder: Path) -> int:
    """Put what is in a folder into a repository, as if it had come in piece by piece; gives the number of commits."""
    repo = Repo(folder).init()
    (folder / ".gitignore").write_text(".cache\nsite\n.site.twin\n", encoding="utf-8")
    commits = list(_commits(folder))
    stream = b"".join(_command(number, files, folder) for number, files in enumerate(commits))
    command = ["git", "-C", str(folder), "fast-import", "--quiet"]
    subprocess.run(command, input=stream, env=git_environment(), check=True)
    repo.git("gc", "-q")
    return len(commits)


def _commits(folder: Path) -> Iterator[list[tuple[Path, bool]]]:
    """The files of each commit, and whether they are what they will be in the end."""
    reports = sorted((folder / "reports").rglob("2*.yml"))
    units = sorted({path.parent for path in reports})
    edited = set(reports[::2])
    yield [(folder / "reports/divisions.csv", True), (folder / ".gitignore", True)]
    for unit in units:
        yield [(path, path not in edited) for path in sorted(unit.glob("*.yml"))]
    yield from ([(path, True)] for path in sorted(edited))


def _command(number: int, files: list[tuple[Path, bool]], folder: Path) -> bytes:
    why = f"第{number}次".encode()
    head = b"commit refs/heads/main\ncommitter A <a@b> %d +0800\ndata %d\n%s\n" % (
        START + 600 * number,
        len(why),
        why,
    )
    return head + b"".join(_file(path, folder, last=last) for path, last in files)


def _file(path: Path, folder: Path, *, last: bool) -> bytes:
    data = path.read_bytes()
    if not last:
        data = data.replace("新收: [".encode(), "新收: [1".encode(), 1).replace(
            "。".encode(), "，".encode(), 1
        )
    name = path.relative_to(folder).as_posix().encode()
    return b"M 644 inline %s\ndata %d\n%s\n" % (name, len(data), data)


def _look(folder: Path, what: str) -> tuple[list[str], History]:
    """Look at the repository: the row of what that cost, and what was found."""
    start, before = perf_counter(), sum(os.times()[:4])
    found = history_of(Store(folder), Keeping(folder / ".cache/look", "bench"), partial(spread, workers=1))
    return [what, f"{perf_counter() - start:.3f}", f"{sum(os.times()[:4]) - before:.2f}", ""], found


def measure(folder: Path, count: int) -> Iterator[list[str]]:
    """Rows of what was measured: seconds, seconds of processor time, greatest memory."""
    synthetic.archive(folder, count)
    made = repository(folder)
    row, found = _look(folder, "first look")
    yield [
        f"{count} reports, {made} commits, {sum(month.changes for month in found.months)} changes",
        *("s", "cpu s", "peak MB"),
    ]
    yield row
    yield _look(folder, "nothing new")[0]
    path = sorted((folder / "reports").rglob("2*.yml"))[count // 2]
    path.write_text(path.read_text(encoding="utf-8").replace("。", "，。", 1), encoding="utf-8")
    Repo(folder, START + 600 * made).commit()
    yield _look(folder, "one commit new")[0]
    yield from _builds(folder, "with")
    (folder / ".git").rename(folder / ".kept")
    shutil.rmtree(folder / ".cache")
    yield from _builds(folder, "without")


def _builds(folder: Path, what: str) -> Iterator[list[str]]:
    target = folder.with_name(f"site-{what}")
    command = [part.format(to=target) for part in BUILD]
    for name in ("from nothing", "nothing changed"):
        cost = run(command, folder, environment(), core=CORE)
        yield [
            f"build {what} history, {name}",
            f"{cost.seconds:.2f}",
            f"{cost.cpu:.2f}",
            f"{cost.peak / 1e6:.0f}",
        ]


def main(counts: list[int]) -> None:
    """Measure and print."""
    for count in counts:
        folder = Path(tempfile.mkdtemp(prefix=f"history-{count}-"))
        try:
            print("\n".join(lines(list(measure(folder / "archive", count)))), flush=True)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1000])
