"""What git says of commits -> which of them touched which report, and the versions before and after. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from build_tools.privacy import masked
from build_tools.units import UNIT_ID

_FILE = re.compile(rb"\d{2}/\d{6}/([^/]+)/(\d{4})\.ya?ml", re.IGNORECASE)
_ORDINARY = b"100"  # how the mode of an ordinary file begins; links and submodules are no reports
_ADDRESS = re.compile(r"[\w.+-]@[\w-]", re.ASCII)
_LAST = 253402300799  # the end of the year 9999, in seconds
_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}

AUTHOR, WHY = 60, 200
"""How many characters of a name and of a reason are kept."""

UNSIGNED = "未署名"
"""Who made a change where no name is given, or an address for mail in its place."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A report's file as a commit found and left it: ids of its content, empty where there was no file."""

    unit: str
    year: int
    old: str
    new: str

    @property
    def county(self) -> str:
        """The code of the folder of the unit's county."""
        return self.unit[:6]


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit. `at`: when it was committed, seconds since 1970 in UTC; `why`: its first line."""

    id: str
    parents: tuple[str, ...]
    at: int
    author: str
    why: str
    touches: tuple[Touch, ...] = ()


def commits(blocks: Iterable[bytes], prefix: bytes) -> Iterator[Commit]:
    """Read what `Repository.log` gives. `prefix` is the way from the top of the repository to reports/."""
    tokens, opened, found = _tokens(blocks), None, dict[tuple[str, int], Touch]()
    for token in tokens:
        told = token.lstrip(b"\n")
        if told.startswith(b":"):
            _take(found, told, next(tokens, b"").removeprefix(prefix))
        elif told:
            if opened:
                yield replace(opened, touches=_sorted(found))
            opened, found = _commit(told, [next(tokens, b"") for _ in range(4)]), {}
    if opened:
        yield replace(opened, touches=_sorted(found))


def _tokens(blocks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\0") if b"\0" in block else [rest + block]
        yield from whole
    if rest:
        yield rest


def _commit(id_: bytes, fields: list[bytes]) -> Commit:
    parents, at, author, why = fields
    return Commit(
        id=id_.decode("ascii", "replace"),
        parents=tuple(parents.decode("ascii", "replace").split()),
        at=_seconds(at),
        author=_name(author),
        why=masked(legible(why, WHY)),
    )


def _seconds(text: bytes) -> int:
    """A time, if need be the nearest that can be written as a date."""
    return min(max(int(text), 0), _LAST) if re.fullmatch(rb"-?[0-9]{1,20}", text) else 0


def _name(text: bytes) -> str:
    name = legible(text, AUTHOR)
    return UNSIGNED if not name or _ADDRESS.search(name) else name


def legible(text: bytes, most: int) -> str:
    """A line as people read it: without what is not seen or turns the direction of writing, not too long."""
    line = text[: 8 * most].decode("utf-8", "replace")
    seen = "".join(c for c in line if c in "\n\t" or unicodedata.category(c) not in _UNSEEN)
    shown = " ".join(seen.split())
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def _take(found: dict[tuple[str, int], Touch], told: bytes, path: bytes) -> None:
    """Note a change of a file, if it is a report's; a report that is only moved was there before and after."""
    if id_ := report_of(path):
        old, new = _versions(told)
        known = found.get(id_, Touch(*id_, "", ""))
        found[id_] = replace(known, old=known.old or old, new=known.new or new)


def report_of(path: bytes) -> tuple[str, int] | None:
    """The unit and the year of the report whose file stands here below reports/; None where there is no such report."""
    match = _FILE.fullmatch(path)
    unit = match[1].decode("ascii", "replace") if match else ""
    return (unit, int(match[2])) if match and UNIT_ID.fullmatch(unit) else None


def _versions(told: bytes) -> tuple[str, str]:
    """The ids before and after; of a merge those of its first parent and its own."""
    count = len(told) - len(told.lstrip(b":")) + 1
    fields = told.lstrip(b":").split()
    if len(fields) <= 2 * count:
        return "", ""
    modes, ids = fields[:count], fields[count : 2 * count]
    old, *_, new = (
        id_.decode("ascii") if mode.startswith(_ORDINARY) else ""
        for mode, id_ in zip(modes, ids, strict=True)
    )
    return old, new


def _sorted(found: Mapping[tuple[str, int], Touch]) -> tuple[Touch, ...]:
    return tuple(touch for _, touch in sorted(found.items()) if touch.old or touch.new)


def written(at: int) -> str:
    """A time as ISO 8601 has it, in UTC: 2026-11-21T03:04:05Z."""
    return dt.datetime.fromtimestamp(at, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
