"""The folder that keeps the index between builds: its files, the runs it was made of, and a state that tells of both.

Files are named by their content and never written twice, because a site may share them. The state comes last, and
whole; what it does not name is removed after that. So a build may end at any moment: the next one uses the folder
as its last state says, or begins anew.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from build_tools.files import digest, replace_bytes
from build_tools.search.run import Member, read_members, read_parts
from build_tools.search.shards import Kept, name_of, packed

_STATE, _RUNS = "state", "runs"


@dataclass(frozen=True, slots=True)
class State:
    """What an index was made of: its runs by name, how many reports each unit has by county, and all other `words`.

    `shards`: those of each job. `start` and `help` have no first term.
    """

    runs: list[str]
    counts: dict[str, tuple[int, ...]]
    words: str
    shards: list[list[Kept]]
    start: Kept
    help: Kept

    @property
    def files(self) -> list[Kept]:
        """Every file of the index."""
        return [*(kept for job in self.shards for kept in job), self.help, self.start]


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder. `known`: names of files in it that are surely whole."""

    path: Path
    known: frozenset[str] = frozenset()

    def load(self) -> State | None:
        """What was made last; nothing where another code made it, or where anything of it is missing."""
        try:
            head, _, text = (self.path / _STATE).read_text(encoding="utf-8").partition("\n")
        except (OSError, UnicodeDecodeError):
            return None
        if head != _seal(text):
            return None
        state = _state(json.loads(text))
        return state if self._holds(state) else None

    def save(self, state: State, runs: Iterable[Path]) -> None:
        """Keep the runs, to know by them what an edit changes, and the state; then remove what it does not name."""
        (self.path / _RUNS).mkdir(parents=True, exist_ok=True)
        for run in runs:
            if not self.run(run.name).exists():
                self._keep(run)
        data = {name: getattr(state, name) for name in State.__slots__}
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        replace_bytes(self.path / _STATE, f"{_seal(text)}\n{text}".encode())
        used = {kept.name for kept in state.files} | {_STATE, _RUNS}
        for folder, names in ((self.path, used), (self.path / _RUNS, set(state.runs))):
            for path in folder.glob("*"):
                if path.name not in names:
                    path.unlink()

    def put(self, payload: bytes, first: str = "", prefix: str = "") -> Kept:
        """Pack a payload into a file of its own."""
        data, name = packed(payload), f"{prefix}{name_of(payload)}.bin"
        if name not in self.known:
            replace_bytes(self.path / name, data)
        return Kept(first, name, len(data))

    def read(self, kept: Kept) -> bytes:
        """The payload of a file."""
        return zlib.decompress((self.path / kept.name).read_bytes(), 31)

    def run(self, name: str) -> Path:
        """Where a run is kept."""
        return self.path / _RUNS / name

    def _keep(self, run: Path) -> None:
        kept = self.run(run.name)
        try:
            os.link(run, kept)
        except OSError:  # another disk, or one that has no links
            replace_bytes(kept, run.read_bytes())

    def _holds(self, state: State) -> bool:
        sizes = _sizes(self.path)
        whole = all(sizes.get(kept.name) == kept.size for kept in state.files)
        return whole and all(self.run(name).exists() for name in state.runs)


def members_of(run: Path) -> list[Member]:
    """The units of a run."""
    with run.open("rb") as file:
        return list(read_members(file))


def parts_of(run: Path, wanted: range) -> list[bytes]:
    """Some parts of a run."""
    with run.open("rb") as file:
        return read_parts(file, wanted)


@cache
def code() -> str:
    """A digest of what makes the index: with what another code made we do not go on."""
    return digest("\n".join((zlib.ZLIB_RUNTIME_VERSION, *_contents(files(__package__)))).encode())


def _contents(folder: Traversable) -> Iterator[str]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.endswith((".py", ".txt")):
            yield from (item.name, item.read_text(encoding="utf-8"))
        elif item.is_dir() and item.name != "__pycache__":
            yield from _contents(item)


def _seal(text: str) -> str:
    return f"{code()} {digest(text.encode())}"


def _state(data: dict[str, Any]) -> State:
    shards = [[Kept(*kept) for kept in job] for job in data.pop("shards")]
    start, help_ = Kept(*data.pop("start")), Kept(*data.pop("help"))
    counts = {county: tuple(own) for county, own in data.pop("counts").items()}
    return State(**data, counts=counts, shards=shards, start=start, help=help_)


def _sizes(folder: Path) -> dict[str, int]:
    with os.scandir(folder) as found:
        return {entry.name: entry.stat().st_size for entry in found if entry.is_file()}
