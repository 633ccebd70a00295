"""Dask meets the build here and nowhere else: the workers of a cluster as a Spread."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from build_tools.keys import code_key
from build_tools.stopped import StoppedError
from build_tools.workers import Elsewhere, Spread

_REACHED = 10  # seconds for the scheduler to answer
_ALONE = 12  # looks in a row that found no worker, five seconds apart: a restarted worker is back sooner

_ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:[0-9]{1,5}")

Result = TypeVar("Result")


class ClusterError(StoppedError):
    """A cluster that cannot do the work; the message says in Chinese why."""


class _Client(Protocol):
    """What is used of Dask's client."""

    def get_executor(self, *, pure: bool) -> Executor: ...
    def nthreads(self) -> Mapping[str, int]: ...
    def run(self, function: Callable[[], Result]) -> Mapping[str, Result]: ...
    def close(self) -> None: ...


@contextmanager
def cluster(address: str, folder: Path) -> Iterator[Spread]:
    """The workers of the Dask scheduler at `address`; they read what they share from `folder`.

    Raises ClusterError where there is no Dask, scheduler or worker, where a worker runs another version of this
    package, and where the workers are lost on the way.
    """
    if not _ADDRESS.fullmatch(address):
        raise ClusterError(f"“{address}”不是调度器的地址。写成 tcp://主机:端口，如 tcp://10.0.0.1:8786。")
    try:
        from distributed import CancelledError as Lost  # noqa: PLC0415  # optional, and long to load
        from distributed import Client, KilledWorker  # noqa: PLC0415  # the same
    except ImportError as error:
        raise ClusterError(
            "--cluster 要用 Dask，这里没有装。运行 .venv/bin/python -m pip install -e '.[cluster]'。"
        ) from error
    for name in ("distributed", "distributed.client"):  # what went wrong is said below, in words
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client: _Client = Client(address, timeout=_REACHED, set_as_default=False)
    except OSError as error:
        raise ClusterError(f"连不上 {address} 的调度器。先运行 dask scheduler，再看地址对不对。") from error
    try:
        workers = sum(client.nthreads().values())
        _stop_at_strangers(client)
        yield Elsewhere(client.get_executor(pure=False), workers, folder, _Hope(client).look)
    except KilledWorker as error:
        raise ClusterError(
            "同一份工作让几个工作进程接连被中止，多半是内存不够。看 dask worker 的输出。"
        ) from error
    except (CancelledError, Lost) as error:
        raise ClusterError(f"和 {address} 的联系断了。") from error
    finally:
        client.close()


def _stop_at_strangers(client: _Client) -> None:
    """Pages must not hang on who made them."""
    keys = client.run(code_key)
    if not keys:
        raise ClusterError("调度器下面没有工作进程。先运行 dask worker。")
    if strangers := sorted(worker for worker, key in keys.items() if key != code_key()):
        raise ClusterError(
            f"{strangers[0]} 等 {len(strangers)} 个工作进程的程序或 Python 和这里不一样。更新后重新启动它们。"
        )


class _Hope:
    """Gives up when there has been no worker for a while: Dask itself would wait for ever."""

    def __init__(self, client: _Client) -> None:
        self._client = client
        self._alone = 0

    def look(self) -> None:
        """Look once; raise ClusterError at the last of many looks in a row that found nobody."""
        self._alone = 0 if self._client.nthreads() else self._alone + 1
        if self._alone >= _ALONE:
            raise ClusterError("工作进程都不在了，等了一分钟也没有回来。")
