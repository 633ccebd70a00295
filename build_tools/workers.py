"""Work spread over processes, in order: this machine's own, or any executor that keeps to `concurrent.futures`."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from threading import Thread
from typing import Any, Protocol, TypeVar

from build_tools.clock import moment
from build_tools.files import UnreadableError, digest, replace_bytes

Job = TypeVar("Job")
Result = TypeVar("Result")

_AHEAD = 4  # jobs in hand per worker: enough to keep it busy, few enough to keep memory flat
_FEW = 8  # below this a pool costs more than it saves
_PATIENCE = 5.0  # seconds to wait for a result before asking whether there is anybody left to bring it

_GARBAGE = 50_000  # objects between two looks for garbage; Python's usual 700 costs a twentieth of the time

_shared: Any = None


class Spread(Protocol):
    """A way to get jobs done: yields `function(shared, job)` for each job, in the order of the jobs."""

    def __call__(
        self, function: Callable[[Any, Job], Result], shared: object, jobs: Iterable[Job]
    ) -> Iterator[Result]: ...


def _start(shared: object) -> None:
    global _shared  # noqa: PLW0603  # what all jobs of this process need, handed over once
    _shared = shared
    _calm()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer, once
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for jobs for ever, and keep the locks it was born with."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _calm() -> None:
    """Look for garbage seldom: values are made in masses and hold no circles."""
    gc.freeze()
    gc.set_threshold(_GARBAGE)


def _run(function: Callable[[Any, Job], Result], job: Job) -> Result:
    return function(_shared, job)


def spread(
    function: Callable[[Any, Job], Result],
    shared: object,
    jobs: Iterable[Job],
    *,
    workers: int | None = None,
    method: str | None = None,
) -> Iterator[Result]:
    """Yield `function(shared, job)` for each job, in the order of the jobs; few jobs stay in this process.

    `workers` is their number, one for each processor without it. `method` is how processes are started (fork,
    spawn, forkserver); the machine's usual way without it.
    """
    count = workers or os.cpu_count() or 1
    queue = iter(jobs)
    first = list(islice(queue, _FEW))
    if len(first) == _FEW:
        _calm()
    if count == 1 or len(first) < _FEW:
        yield from (function(shared, job) for job in first)
        yield from (function(shared, job) for job in queue)
        return
    yield from _pooled(function, shared, chain(first, queue), count, method)


def apart(
    function: Callable[[Any, Job], Result],
    shared: object,
    jobs: Iterable[Job],
    *,
    workers: int | None = None,
) -> Iterator[Result]:
    """The same in processes that begin with nothing: neither does their memory add to ours, nor ours to theirs."""
    queue = iter(jobs)
    for first in queue:
        count = workers or os.cpu_count() or 1
        yield from _pooled(function, shared, chain([first], queue), count, "spawn")


def _pooled(
    function: Callable[[Any, Job], Result],
    shared: object,
    jobs: Iterator[Job],
    count: int,
    method: str | None,
) -> Iterator[Result]:
    context = multiprocessing.get_context(method)
    try:
        with ProcessPoolExecutor(count, context, initializer=_start, initargs=(shared,)) as pool:
            yield from _ordered(lambda job: pool.submit(_run, function, job), jobs, count, _cancel)
    except BrokenProcessPool as error:
        raise UnreadableError("一个进程被系统中止了，多半是内存不够。用 --jobs 少开几个进程再试。") from error


def _cancel(pending: Iterable[Future[Result]]) -> None:
    for future in pending:
        future.cancel()


def _hope() -> None:
    """Nothing is known that would keep a result from coming."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A Spread over an executor of another library, `workers` at a time: they read what they share from `folder`.

    Their processes must see the same files at the same places. `hope` is asked now and then while a result is
    waited for, and raises when none can come any more.
    """

    executor: Executor
    workers: int
    folder: Path
    hope: Callable[[], None] = _hope

    def __call__(
        self, function: Callable[[Any, Job], Result], shared: object, jobs: Iterable[Job]
    ) -> Iterator[Result]:
        """Yield `function(shared, job)` for each job, in the order of the jobs."""
        handed = pickle.dumps(shared)
        path = self.folder / f"shared-{moment()}-{digest(handed)}"
        call = partial(_run_elsewhere, str(path), function)
        replace_bytes(path, handed)
        try:
            yield from _ordered(
                lambda job: self.executor.submit(call, job),
                iter(jobs),
                self.workers,
                lambda pending: self._abandon(path, pending),
                self.hope,
            )
        finally:
            path.unlink(missing_ok=True)

    def _abandon(self, path: Path, pending: list[Future[Result]]) -> None:
        """Wait for jobs that have begun, so that none still writes when the next build does; no other begins."""
        path.unlink(missing_ok=True)
        while wait(pending, _PATIENCE).not_done:
            self.hope()


def _run_elsewhere(path: str, function: Callable[[Any, Job], Result], job: Job) -> Result:
    if not Path(path).exists():
        raise UnreadableError(f"{path} 在另一台机器上看不到。各台机器要在同样的位置看到同样的目录。")
    return function(_handed(path), job)


@lru_cache(maxsize=2)
def _handed(path: str) -> object:
    return pickle.loads(Path(path).read_bytes())  # noqa: S301  # written by the build that asks for this work


def _ordered(
    submit: Callable[[Job], Future[Result]],
    queue: Iterator[Job],
    count: int,
    abandon: Callable[[list[Future[Result]]], None],
    hope: Callable[[], None] = _hope,
) -> Iterator[Result]:
    pending = [submit(job) for job in islice(queue, count * _AHEAD)]
    try:
        while pending:
            result = _waited(pending[0], hope)
            del pending[0]
            yield result
            pending.extend(submit(job) for job in islice(queue, count * _AHEAD - len(pending)))
    finally:
        if pending:
            abandon(pending)


def _waited(future: Future[Result], hope: Callable[[], None]) -> Result:
    while not wait([future], _PATIENCE).done:
        hope()
    return future.result()
