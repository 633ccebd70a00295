"""A pool of processes that map a function over jobs in order; small work stays in this process."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import Any, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_AHEAD = 4  # jobs in hand per worker: enough to keep it busy, few enough to keep memory flat
_FEW = 8  # below this a pool costs more than it saves

_shared: Any = None


def _start(shared: object) -> None:
    global _shared  # noqa: PLW0603  # what all jobs of this process need, handed over once
    _shared = shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer, once


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
    """Yield `function(shared, job)` for each job, in the order of the jobs.

    `method` is how processes are started (fork, spawn, forkserver); the machine's usual way without it.
    """
    count = workers or os.cpu_count() or 1
    queue = iter(jobs)
    first = list(islice(queue, _FEW))
    if count == 1 or len(first) < _FEW:
        yield from (function(shared, job) for job in first)
        yield from (function(shared, job) for job in queue)
        return
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(count, context, initializer=_start, initargs=(shared,)) as pool:
        yield from _ordered(pool, function, first, queue, count)


def _ordered(
    pool: ProcessPoolExecutor,
    function: Callable[[Any, Job], Result],
    first: list[Job],
    queue: Iterator[Job],
    count: int,
) -> Iterator[Result]:
    pending = [pool.submit(_run, function, job) for job in first]
    try:
        while pending:
            yield pending.pop(0).result()
            more = islice(queue, count * _AHEAD - len(pending))
            pending.extend(pool.submit(_run, function, job) for job in more)
    finally:
        for future in pending:
            future.cancel()
