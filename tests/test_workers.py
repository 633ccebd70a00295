"""Work spread over processes comes back in order, however processes are started, and whosever they are."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from build_tools.county import read_county
from build_tools.files import UnreadableError
from build_tools.store import Store
from build_tools.workers import Elsewhere, _run_elsewhere, spread

EXECUTORS: dict[str, Callable[[], Executor]] = {
    "threads": lambda: ThreadPoolExecutor(3),
    "processes": lambda: ProcessPoolExecutor(2, multiprocessing.get_context("spawn")),
}


def _times(shared: int, job: int) -> int:
    return shared * job


def _read(store: Store, job: tuple[str, Path]) -> str:
    return read_county(store, store.county(*job), store.register(), 2026).code


@pytest.fixture(params=EXECUTORS)
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Elsewhere]:
    """Work for another library's executor."""
    with EXECUTORS[request.param]() as executor:
        yield Elsewhere(executor, 2, tmp_path)
    assert list(tmp_path.glob("shared-*")) == []


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 3, 50])
def test_order(workers: int, count: int) -> None:
    """Results come in the order of the jobs, few or many."""
    assert list(spread(_times, 3, iter(range(count)), workers=workers)) == [3 * n for n in range(count)]


@pytest.mark.parametrize("count", [0, 3, 50])
def test_order_elsewhere(elsewhere: Elsewhere, count: int) -> None:
    """The same where the processes are not ours."""
    assert list(elsewhere(_times, 3, iter(range(count)))) == [3 * n for n in range(count)]
    assert list(elsewhere(_times, 4, range(count))) == [4 * n for n in range(count)]


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_the_archive_can_be_handed_over(root: Path, method: str) -> None:
    """What workers share survives every way to start them, also where nothing is inherited."""
    jobs = [*Store(root).counties()] * 2
    read = list(spread(_read, Store(root), jobs, workers=2, method=method))

    assert read == [code for code, _ in jobs]


def test_the_archive_can_be_handed_over_elsewhere(root: Path, elsewhere: Elsewhere) -> None:
    """The same where the processes are not ours."""
    jobs = [*Store(root).counties()]
    assert list(elsewhere(_read, Store(root), jobs)) == [code for code, _ in jobs]


def test_an_error_in_a_worker_is_not_swallowed() -> None:
    """What a job raises is raised where its result was expected."""
    with pytest.raises(TypeError):
        list(spread(_times, None, [1] * 20, workers=2))


def test_an_error_elsewhere_is_not_swallowed(elsewhere: Elsewhere) -> None:
    """The same where the processes are not ours."""
    with pytest.raises(TypeError):
        list(elsewhere(_times, None, [1] * 20))


def _noted(folder: Path, job: int) -> int:
    time.sleep(0.05)
    (folder / str(job)).touch()
    return job


def test_nothing_goes_on_after_the_end(elsewhere: Elsewhere, tmp_path: Path) -> None:
    """Where the caller breaks off, what has begun is waited for and nothing else begins."""
    notes = tmp_path / "notes"
    notes.mkdir()
    results = iter(elsewhere(_noted, notes, range(100)))
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]  # a generator, as every Spread
    done = sorted(path.name for path in notes.iterdir())
    time.sleep(0.3)
    assert sorted(path.name for path in notes.iterdir()) == done
    assert len(done) < 9


def test_files_that_another_machine_does_not_see(tmp_path: Path) -> None:
    """The message says what is amiss, not which library met it."""
    with pytest.raises(UnreadableError, match="另一台机器上看不到"):
        _run_elsewhere(str(tmp_path / "shared-1"), _times, 1)


def _killed(shared: int, job: int) -> int:
    if job == shared:
        os._exit(1)
    return job


def test_a_killed_process_is_told_of() -> None:
    """Where the system takes a process away, as it does when memory runs out, that is what is said."""
    with pytest.raises(UnreadableError, match="内存不够"):
        list(spread(_killed, 5, range(20), workers=2))
