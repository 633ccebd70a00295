"""The history as far as it was read, kept in a database between builds: commits, and what they changed.

Everything in it can be worked out again: one that is damaged, or of another make, is thrown away. What has to be
worked out is marked by having no value yet, so that whatever is interrupted is taken up again by the next build.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from build_tools.archive import COUNTY
from build_tools.files import digest
from build_tools.history.change import Change, Difference, Kind, heard
from build_tools.history.log import Commit, Touch, written

SHORT = 12
"""Digits of a commit's id that are shown."""

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE commits (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, at INTEGER, month TEXT, depth INTEGER, author TEXT, why TEXT
);
CREATE INDEX commits_by_month ON commits (month);
CREATE TABLE changes (
    n INTEGER PRIMARY KEY, made_by INTEGER, county TEXT, unit TEXT, year INTEGER, old TEXT, new TEXT, differs TEXT
);
CREATE INDEX changes_by_commit ON changes (made_by);
CREATE INDEX changes_by_county ON changes (county);
CREATE INDEX changes_waiting ON changes (n) WHERE differs IS NULL;
CREATE TABLE counties (code TEXT PRIMARY KEY, key TEXT);
CREATE TABLE withdrawn (unit TEXT, year INTEGER, PRIMARY KEY (unit, year));
CREATE TABLE months (month TEXT PRIMARY KEY, changes INTEGER, size INTEGER, sha256 TEXT);
"""
# A child comes after its parents even where both were made in the same second, or a clock was wrong by less.
_OLDEST_FIRST = "at, depth, id, unit, year"
_NEWEST_FIRST = "at DESC, depth DESC, id DESC, unit, year"
_FIELDS = "unit, year, at, author, why, id, old, new, differs"
_JOINED = "FROM changes JOIN commits ON commits.n = made_by"
_SAME = Difference().told()


class BookError(Exception):
    """The book cannot be read or written; the message says why."""


class StaleError(Exception):
    """The book is of another make, or of another history than the repository's."""


class Month(NamedTuple):
    """The file of a month's changes: its name begins with `month` (2026-11)."""

    month: str
    changes: int
    size: int
    sha256: str


class Pair(NamedTuple):
    """A change whose versions were not compared yet: its number, whose report, the ids of the versions."""

    n: int
    unit: str
    year: int
    old: str
    new: str


class Book:
    """The database while it is brought up to date."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def fact(self, name: str) -> str:
        """`head`: the newest commit that was read; `made_of`: see `opened`. Empty where it is not known."""
        row = self.db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def add(self, commits: Iterable[Commit], head: str) -> None:
        """Take in all commits from those that were known up to `head`, parents first; all of them or none."""
        counties, months = set[str](), set[str]()
        with self.db:
            for commit in commits:
                self._commit(commit)
                counties |= {touch.county for touch in commit.touches}
                months |= {_month(commit)} if commit.touches else set()
            self.db.executemany("REPLACE INTO counties VALUES (?, NULL)", ((code,) for code in counties))
            self.db.executemany("REPLACE INTO months VALUES (?, 0, 0, NULL)", ((month,) for month in months))
            self.db.execute("REPLACE INTO facts VALUES ('head', ?)", (head,))

    def _commit(self, commit: Commit) -> None:
        depth = 1 + max((self._depth(parent) for parent in commit.parents), default=0)
        facts = (commit.id, commit.at, _month(commit), depth, commit.author, commit.why)
        done = self.db.execute("INSERT INTO commits VALUES (NULL, ?, ?, ?, ?, ?, ?)", facts)
        self.db.executemany(
            "INSERT INTO changes VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
            ((done.lastrowid, t.county, t.unit, t.year, t.old, t.new, _differs(t)) for t in commit.touches),
        )

    def _depth(self, commit: str) -> int:
        row = self.db.execute("SELECT depth FROM commits WHERE id = ?", (commit,)).fetchone()
        return int(row[0]) if row else 0

    def waiting(self, most: int) -> list[Pair]:
        """Changes whose versions were not compared yet, at most so many."""
        found = self.db.execute(
            "SELECT n, unit, year, old, new FROM changes WHERE differs IS NULL ORDER BY n LIMIT ?", (most,)
        )
        return [Pair(*row) for row in found]

    def note(self, differences: Iterable[tuple[int, str]]) -> None:
        """Keep what was found by comparing, by the numbers of the changes."""
        with self.db:
            self.db.executemany("UPDATE changes SET differs = ?2 WHERE n = ?1", differences)

    def keys(self) -> Mapping[str, str]:
        """For each county that has a history a key over all of it."""
        stale = [code for (code,) in self.db.execute("SELECT code FROM counties WHERE key IS NULL")]
        with self.db:
            for code in stale:
                rows = self.db.execute(
                    f"SELECT {_FIELDS} {_JOINED} WHERE county = ? ORDER BY {_NEWEST_FIRST}", (code,)
                )
                key = digest("\n".join(map(repr, rows)).encode())
                self.db.execute("UPDATE counties SET key = ? WHERE code = ?", (key, code))
        return dict(self.db.execute("SELECT code, key FROM counties ORDER BY code"))

    def months(self) -> list[Month]:
        """The months in which something was changed, in order; those whose file is to be made have no `sha256`."""
        rows = self.db.execute("SELECT month, changes, size, ifnull(sha256, '') FROM months ORDER BY month")
        return [Month(*row) for row in rows]

    def of_month(self, month: str) -> Iterator[Change]:
        """All changes of a month, the oldest first; of what a withdrawn report said they say nothing."""
        withdrawn = self._withdrawn()
        for change in _changes(self.db, "month = ?", month, _OLDEST_FIRST):
            yield change.silent() if (change.unit, change.year) in withdrawn else change

    def withdraw(self, reports: AbstractSet[tuple[str, int]]) -> None:
        """Note which reports are withdrawn now; the files of months that tell of others than before are to be made."""
        before = self._withdrawn()
        differing = sorted(before ^ reports)
        touched = f"SELECT month {_JOINED} WHERE county = ?1 AND unit = ?2 AND year = ?3"
        with self.db:
            self.db.executemany(
                f"UPDATE months SET sha256 = NULL WHERE month IN ({touched})",  # noqa: S608  # the words are ours
                ((unit[:COUNTY], unit, year) for unit, year in differing),
            )
            self.db.executemany("DELETE FROM withdrawn WHERE unit = ? AND year = ?", differing)
            self.db.executemany("INSERT INTO withdrawn VALUES (?, ?)", sorted(reports - before))

    def _withdrawn(self) -> set[tuple[str, int]]:
        return {(unit, year) for unit, year in self.db.execute("SELECT unit, year FROM withdrawn")}

    def count(self, month: str) -> int:
        """How many they are."""
        row = self.db.execute(f"SELECT count(*) {_JOINED} WHERE month = ?", (month,)).fetchone()
        return int(row[0])

    def made(self, month: Month) -> None:
        """Note what the file of a month came to."""
        with self.db:
            self.db.execute("REPLACE INTO months VALUES (?, ?, ?, ?)", month)


def _month(commit: Commit) -> str:
    return written(commit.at)[:7]


def _differs(touch: Touch) -> str | None:
    """What is known without comparing: nothing is another in a report that is new, gone or only moved."""
    return _SAME if not (touch.old and touch.new) or touch.old == touch.new else None


def _changes(db: sqlite3.Connection, where: str, value: str, order: str) -> Iterator[Change]:
    for unit, year, at, author, why, id_, old, new, differs in db.execute(
        f"SELECT {_FIELDS} {_JOINED} WHERE {where} ORDER BY {order}", (value,)
    ):
        difference = Difference() if differs == _SAME else heard(differs)
        kind = _kind(old, new, changed=differs != _SAME)
        yield Change(unit, year, written(at), author, why, id_[:SHORT], kind, difference)


def _kind(old: str, new: str, *, changed: bool) -> Kind:
    if not old:
        return Kind.ADDED
    if not new:
        return Kind.REMOVED
    return Kind.CHANGED if changed else Kind.LAYOUT


@contextmanager
def opened(path: Path, made_of: str) -> Iterator[Book]:
    """The book in a file; a new one unless there is one that was `made_of` the same.

    Raises StaleError for one of another make, and BookError for what goes wrong with it at any time.
    """
    with _plainly(), closing(sqlite3.connect(path)) as db:
        book = Book(db)
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            with db:
                db.executescript(f"BEGIN; {_TABLES}")
                db.execute("INSERT INTO facts VALUES ('made_of', ?)", (made_of,))
        elif book.fact("made_of") != made_of:
            raise StaleError
        yield book


def of_county(path: Path, code: str) -> list[Change]:
    """All changes of a county's reports, the newest first. Nobody may write meanwhile. Raises BookError."""
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    with _plainly(), closing(sqlite3.connect(address, uri=True)) as db:
        return list(_changes(db, "county = ?", code, _NEWEST_FIRST))


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BookError("磁盘满了" if "full" in str(error) else str(error)) from error
