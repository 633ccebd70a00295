"""The site made by the workers of a real Dask cluster, and what is said where they cannot make it."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from build_tools.cluster import ClusterError, _Hope, _stop_at_strangers
from build_tools.keys import code_key
from tests.sitework import environment, tree
from tests.synthetic import archive

pytestmark = pytest.mark.xdist_group("cluster")

REPORTS = 500
Result = TypeVar("Result")


@dataclass
class Cluster:
    """A scheduler on this machine, and worker processes that come and go."""

    folder: Path
    scheduler: subprocess.Popen[bytes]
    address: str
    workers: list[subprocess.Popen[bytes]]

    def hire(self, count: int) -> None:
        """Let there be so many workers."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        missing = count - len(self.workers)
        words = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder)]
        self.workers += [_start(self.folder, "dask_worker", self.address, *words) for _ in range(missing)]
        wait = (
            f"from distributed import Client; Client({self.address!r}).wait_for_workers({count}, timeout=60)"
        )
        subprocess.run([sys.executable, "-c", wait], check=True, capture_output=True)

    def dismiss(self) -> None:
        """Let there be no worker."""
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.workers.clear()


@contextmanager
def _cluster(folder: Path) -> Iterator[Cluster]:
    """A scheduler without workers; `hire` some."""
    file = folder / "scheduler.json"
    words = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file.name]
    scheduler = _start(folder, "dask_scheduler", *words)
    made = Cluster(folder, scheduler, "", [])
    try:
        _until(lambda: file.is_file() and file.read_text(encoding="utf-8").endswith("}"))
        made.address = json.loads(file.read_text(encoding="utf-8"))["address"]
        yield made
    finally:
        made.dismiss()
        scheduler.kill()
        scheduler.wait()


def _start(folder: Path, module: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *words]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=folder, env=environment(), stdout=quiet, stderr=quiet)


def _until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster for all tests."""
    with _cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the site that this machine makes of it."""
    folder = tmp_path_factory.mktemp("archive") / "a"
    archive(folder, REPORTS)
    (folder / "build_tools").unlink()
    done = _ended(_nianbao(folder))
    assert done[0] == 0, done[1]
    return folder


def _nianbao(folder: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "build_tools", "build", *words]
    return subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    told, _ = process.communicate(timeout=300)
    return process.returncode, told


def _begun(folder: Path, to: str) -> None:
    """Some counties are made, others are not."""
    _until(lambda: any((folder / f".{to}.twin/manifest").glob("*.tsv")))


def _at_work(folder: Path) -> None:
    """Workers have been handed what they share."""
    _until(lambda: any((folder / ".cache/nianbao").glob("shared-*")))


def test_the_same_site(folder: Path, cluster: Cluster) -> None:
    """Two workers make the site that this machine makes, byte for byte; nothing is left lying about."""
    cluster.hire(2)
    status, told = _ended(_nianbao(folder, "--fresh", "--cluster", cluster.address, "--to", "two"))
    assert status == 0, told
    assert tree(folder / "two") == tree(folder / "site")
    assert not list((folder / ".cache/nianbao").glob("shared-*"))


def test_a_worker_is_killed(folder: Path, cluster: Cluster) -> None:
    """What it had in hand is done again by another."""
    cluster.hire(2)
    build = _nianbao(folder, "--fresh", "--cluster", cluster.address, "--to", "killed")
    _begun(folder, "killed")
    cluster.workers[0].kill()
    status, told = _ended(build)
    assert status == 0, told
    assert tree(folder / "killed") == tree(folder / "site")


def test_ctrl_c(folder: Path, cluster: Cluster) -> None:
    """An interrupt leaves the old site as it was, and no worker that still writes."""
    cluster.hire(2)
    before = tree(folder / "site")
    build = _nianbao(folder, "--fresh", "--cluster", cluster.address)
    _at_work(folder)
    build.send_signal(signal.SIGINT)
    status, told = _ended(build)
    left = sorted((folder / ".site.twin").rglob("*"))

    assert status == 130, told
    assert "Traceback" not in told
    assert tree(folder / "site") == before
    time.sleep(1)
    assert sorted((folder / ".site.twin").rglob("*")) == left


def test_the_scheduler_is_killed(folder: Path, tmp_path: Path) -> None:
    """A message, no traceback, and the old site as it was."""
    before = tree(folder / "site")
    with _cluster(tmp_path) as other:
        other.hire(1)
        build = _nianbao(folder, "--fresh", "--cluster", other.address)
        _at_work(folder)
        other.scheduler.kill()
        status, told = _ended(build)

    assert status == 1
    assert f"和 {other.address} 的联系断了" in told
    assert "Traceback" not in told
    assert tree(folder / "site") == before


def test_no_worker(folder: Path, cluster: Cluster) -> None:
    """A scheduler alone does nothing."""
    cluster.dismiss()
    status, told = _ended(_nianbao(folder, "--cluster", cluster.address))
    assert status == 1
    assert "没有工作进程" in told


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("tcp://127.0.0.1:9", "连不上 tcp://127.0.0.1:9"),
        ("nonsense", "“nonsense”不是调度器的地址"),
        ("http://127.0.0.1:80", "不是调度器的地址"),
    ],
)
def test_no_scheduler(folder: Path, address: str, words: str) -> None:
    """What was typed is said, and what is to be typed."""
    status, told = _ended(_nianbao(folder, "--cluster", address))
    assert status == 1
    assert words in told
    assert "Traceback" not in told


def test_no_dask(folder: Path) -> None:
    """Without Dask all works but this; the message says what to install."""
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "from build_tools.cli import main\n"
        "sys.exit(main(['build', '--cluster', 'tcp://127.0.0.1:9']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert ".venv/bin/python -m pip install -e '.[cluster]'" in done.stderr


class _Staff:
    """Workers by what they answer."""

    def __init__(self, *keys: str) -> None:
        self.keys = dict(enumerate(keys))

    def get_executor(self, *, pure: bool) -> Executor:
        raise NotImplementedError(pure)

    def nthreads(self) -> Mapping[str, int]:
        return {f"tcp://worker:{n}": 1 for n in self.keys}

    def run(self, function: Callable[[], Result]) -> Mapping[str, Result]:
        assert function is code_key
        return {f"tcp://worker:{n}": key for n, key in self.keys.items()}  # type: ignore[misc]  # what code_key gives

    def close(self) -> None:
        """Nothing to close."""


def test_a_worker_of_another_version() -> None:
    """Pages do not hang on who made them."""
    _stop_at_strangers(_Staff(code_key(), code_key()))
    with pytest.raises(ClusterError, match="tcp://worker:1 等 1 个"):
        _stop_at_strangers(_Staff(code_key(), "0" * 32))


def test_all_workers_are_gone() -> None:
    """They may come back for a while; then the build gives up."""
    staff = _Staff("key")
    hope = _Hope(staff)
    for _ in range(100):
        hope.look()
    staff.keys.clear()
    for _ in range(11):
        hope.look()
    with pytest.raises(ClusterError, match="都不在了"):
        hope.look()
