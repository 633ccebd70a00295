"""The repository -> the history of the archive: what is new in it is read and compared, all else was kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from build_tools.archive import PROVINCE
from build_tools.files import Lock, UnreadableError, replace_blocks
from build_tools.former import NOTHING, Former
from build_tools.forms import official
from build_tools.history.absence import UnknownError
from build_tools.history.compare import difference
from build_tools.history.git import Repository, repository
from build_tools.history.kept import Book, BookError, Month, Pair, StaleError, opened
from build_tools.history.known import History
from build_tools.history.lines import lines, month_file
from build_tools.history.log import Commit, commits
from build_tools.source import MAX_BYTES
from build_tools.store import Store
from build_tools.workers import Spread

_FILE = "book.sqlite"
_AT_ONCE = 10_000  # changes between two looks at what is still to be compared
_HANDED = 40  # changes that a worker compares at a time

_Versions = tuple[str, int, bytes | None, bytes | None]
"""Whose report, on which year, and what its file held before and after; None for too much."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The folder in which what was read is kept. `made_of` stands for all that comparing hangs on but the commits.

    With `fresh` nothing that was kept is relied on.
    """

    folder: Path
    made_of: str
    fresh: bool = False


def history_of(store: Store, keeping: Keeping, spread: Spread, former: Former = NOTHING) -> History:
    """The history of the archive's reports, or why it is not known.

    What reports said that are withdrawn by `former` is not told.
    """
    try:
        gone = {(at.unit, at.year) for at in former.withdrawn_at() if at.unit.startswith(store.shard)}
        reading = _Reading(repository(store.reports), keeping, store.shard, spread, frozenset(gone))
        lock = Lock(keeping.folder)
        try:
            return reading.anew() if keeping.fresh else reading.on()
        finally:
            lock.release()
    except UnknownError as error:
        return History(told=True, absence=error.absence, remark=str(error))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One look at the repository: only at counties whose code begins with `shard`."""

    here: Repository
    keeping: Keeping
    shard: str
    spread: Spread
    withdrawn: frozenset[tuple[str, int]]

    def on(self) -> History:
        """Go on from what was kept, where it can be gone on from."""
        try:
            return self._read()
        except (BookError, StaleError):
            return self.anew()

    def anew(self) -> History:
        """Begin at the beginning."""
        for left in self.keeping.folder.glob(f"{_FILE}*"):
            left.unlink()
        try:
            return self._read()
        except BookError as error:
            raise UnreadableError(f"写不进 {self.keeping.folder / _FILE}：{error}") from error

    def _read(self) -> History:
        folder = self.keeping.folder
        path = folder / _FILE
        with opened(path, f"{self.keeping.made_of} {self.shard}") as book:
            self._commits(book)
            self._compare(book)
            book.withdraw(self.withdrawn)
            months = _months(book, folder)
            return History(told=True, file=path, folder=folder, keys=book.keys(), months=months)

    def _commits(self, book: Book) -> None:
        """Read the commits that are not known yet."""
        since = book.fact("head")
        if since == self.here.head:
            return
        if since and not self.here.leads_to(since):
            raise StaleError
        found = commits(self.here.log(since, self.shard[:PROVINCE]), self.here.prefix)
        book.add(map(self._within, found), self.here.head)

    def _within(self, commit: Commit) -> Commit:
        touches = tuple(touch for touch in commit.touches if touch.county.startswith(self.shard))
        return replace(commit, touches=touches)

    def _compare(self, book: Book) -> None:
        """Compare the versions of all reports that were changed, as far as it was not done before."""
        while pairs := book.waiting(_AT_ONCE):
            ids = chain.from_iterable((pair.old, pair.new) for pair in pairs)
            jobs = _jobs(pairs, self.here.blobs(ids, MAX_BYTES))
            # All of them first: processes must not begin while the book is being written.
            found = list(chain.from_iterable(self.spread(_differences, None, jobs)))
            book.note(zip((pair.n for pair in pairs), found, strict=True))


def _jobs(pairs: Sequence[Pair], versions: Iterator[bytes | None]) -> Iterator[list[_Versions]]:
    each = ((pair.unit, pair.year, next(versions), next(versions)) for pair in pairs)
    while job := list(islice(each, _HANDED)):
        yield job


def _differences(_: None, job: Iterable[_Versions]) -> list[str]:
    return [difference(*versions, official()).told() for versions in job]


def _months(book: Book, folder: Path) -> tuple[Month, ...]:
    """The months with changes, each with its file."""
    found = tuple(_month(book, month, folder / month_file(month.month)) for month in book.months())
    names = {month_file(month.month) for month in found}
    for path in folder.glob(month_file("*")):
        if path.name not in names:
            path.unlink()
    return found


def _month(book: Book, month: Month, path: Path) -> Month:
    if month.sha256 and path.is_file() and path.stat().st_size == month.size:
        return month
    made = Month(
        month.month, book.count(month.month), *replace_blocks(path, lines(book.of_month(month.month)))
    )
    book.made(made)
    return made
