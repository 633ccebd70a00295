"""How far long work is: on a terminal a line that moves, in a log a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TextIO, TypeVar

from build_tools.workers import Job, Result, Spread

Item = TypeVar("Item")

_MOVING = 0.2  # seconds between two states of the line: fast enough to be seen moving
_LOGGED = 30  # between two lines of a log: rare enough not to fill it
_CLEAR = "\r\x1b[K"


class Watch(Protocol):
    """Hands through what comes back of some work, and may tell how far it is."""

    def __call__(self, what: str, total: int, items: Iterable[Item]) -> Iterator[Item]: ...


def quiet(what: str, total: int, items: Iterable[Item]) -> Iterator[Item]:  # noqa: ARG001  # as Watch has it
    """Say nothing."""
    return iter(items)


def watched(spread: Spread, watch: Watch, what: str) -> Spread:
    """The same way to get jobs done, watched."""

    def work(function: Callable[[Any, Job], Result], shared: object, jobs: Iterable[Job]) -> Iterator[Result]:
        known = list(jobs)
        return watch(what, len(known), spread(function, shared, known))

    return work


@dataclass(frozen=True, slots=True)
class Line:
    """A Watch that says what is done, how many of how many, how fast, how long yet.

    On a terminal one line moves and is gone in the end; elsewhere, as in a log, a line comes now and then.
    """

    stream: TextIO
    clock: Callable[[], float] = time.monotonic

    def __call__(self, what: str, total: int, items: Iterable[Item]) -> Iterator[Item]:
        """Hand the items through."""
        live = self.stream.isatty()
        start = shown = self.clock()
        try:
            for done, item in enumerate(items, 1):
                if (now := self.clock()) - shown >= (_MOVING if live else _LOGGED):
                    shown = now
                    self._write(line(what, done, total, now - start), live=live)
                yield item
        finally:
            if live and shown != start:
                self._write("", live=True)

    def _write(self, text: str, *, live: bool) -> None:
        self.stream.write(f"{_CLEAR}{text}" if live else f"{text}\n")
        self.stream.flush()


def line(what: str, done: int, total: int, seconds: float) -> str:
    """The line after `seconds`."""
    rate = done / seconds if seconds else 0.0
    left = duration((total - done) / rate) if rate else "？"
    return f"{what} {done:,}/{total:,}　每秒 {rate:,.1f}　还要 {left}"


def duration(seconds: float) -> str:
    """A time as people say it."""
    whole = round(seconds)
    if whole < 60:  # noqa: PLR2004  # seconds of a minute
        return f"{whole} 秒"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} 分 {rest} 秒" if minutes < 60 else f"{minutes // 60} 小时 {minutes % 60} 分"  # noqa: PLR2004  # as above
