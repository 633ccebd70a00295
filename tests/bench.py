"""Makes N synthetic reports and prints what checking, building and searching them costs: `python -m tests.bench N`.

With a folder as second argument the archive is made there and kept. Same N, same reports.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import searchbench, synthetic
from tests.sitework import environment

CHECK = [sys.executable, "-m", "build_tools", "check", "--format", "json"]
BUILD = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]


def measure(title: str, count: int, root: Path, command: list[str]) -> None:
    """Run a command and print seconds, milliseconds per report and the largest process's memory."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, env=environment())
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    cpu = usage.ru_utime + usage.ru_stime
    print(
        f"{title:8} {count:7} reports  {seconds:7.2f} s  {1000 * seconds / count:6.2f} ms each"
        f"  cpu {cpu:7.2f} s  peak {usage.ru_maxrss // 1024:4} MB  exit {os.waitstatus_to_exitcode(status)}",
        flush=True,
    )


def main(count: int, folder: Path) -> None:
    """Measure checking, building and searching `count` reports."""
    start = time.perf_counter()
    synthetic.archive(folder, count)
    print(f"write    {count:7} reports  {time.perf_counter() - start:7.2f} s", flush=True)
    measure("check", count, folder, CHECK)
    measure("build", count, folder, BUILD)
    for line in searchbench.measure(folder, count):
        print(line, flush=True)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    if len(sys.argv) > 2:
        main(wanted, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory(prefix="bench-") as made:
            main(wanted, Path(made))
