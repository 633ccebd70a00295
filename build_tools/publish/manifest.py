"""What the site is made of, as text: for each file its size, its SHA-256 and its path, one to a line.

Every part of the site (a county, the lists, the hand-written pages, the search index) has a list of its own at
`manifest/<part>.tsv`; `manifest.tsv` is a list of those. So one changed report changes three short files, and two
sites are compared without looking at what they have in common.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

TOP = "manifest.tsv"
FOLDER = "manifest/"
_SUFFIX = ".tsv"
_ODD = re.compile(r"[%\x00-\x1f\x7f]")  # a name must not break its line
_LINE = re.compile(r"([0-9]{1,18})\t([0-9a-f]{64})\t(.+)")
_OUTSIDE = re.compile(r"(?:^|/)(?:\.{0,2})(?:/|\Z)")


class ManifestError(Exception):
    """A text that is no list of files, or one that names files outside of the site."""


class Listed(NamedTuple):
    """A file's size in bytes and its SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


Listing = Mapping[str, Listed]
"""Files by their paths from the top of the site."""


def listed(data: bytes) -> Listed:
    """What the list says of a file that holds `data`."""
    return Listed(len(data), hashlib.sha256(data).hexdigest())


def write(listing: Listing) -> bytes:
    """The list as it stands in the site, by path."""
    return "".join(_lines(listing)).encode("utf-8")


def _lines(listing: Listing) -> Iterable[str]:
    for path in sorted(listing):
        size, sha256 = listing[path]
        yield f"{size}\t{sha256}\t{_ODD.sub(lambda odd: quote(odd[0], safe=''), path)}\n"


def read(data: bytes) -> dict[str, Listed]:
    """The list that `write` wrote; raise ManifestError for anything else."""
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise ManifestError("not UTF-8") from error
    if lines.pop():
        raise ManifestError("the last line is not whole")
    return dict(_entry(line) for line in lines)


def _entry(line: str) -> tuple[str, Listed]:
    match = _LINE.fullmatch(line)
    if not match:
        raise ManifestError(f"not a line of a manifest: {line[:80]!r}")
    path = unquote(match[3])
    if _OUTSIDE.search(path) or "\0" in path or "\\" in path:
        raise ManifestError(f"a path that leads out of the site: {path[:80]!r}")
    return path, Listed(int(match[1]), match[2])


def part_path(part: str) -> str:
    """Where the list of a part stands."""
    return f"{FOLDER}{part}{_SUFFIX}"


def part_of(path: str) -> str:
    """The part whose list stands at `path`."""
    return path.removeprefix(FOLDER).removesuffix(_SUFFIX)


def changed(old: Listing, new: Listing) -> tuple[list[str], list[str]]:
    """The paths whose files are new or differ, and those that are gone; both in order."""
    differing = sorted(path for path, entry in new.items() if old.get(path) != entry)
    return differing, sorted(path for path in old if path not in new)
