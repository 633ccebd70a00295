"""A store that is a folder: `python -m tests.fake_store rclone|aws WORDS…` does to it what the programs would do.

The folder is named by FAKE_STORE; beside it, in a file of JSON, stand type and cache of each file by every time it was
sent. Only what docs/hosts/objects.sh asks for is understood.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

PLACES = {"rclone": "place:bucket", "aws": "s3://bucket"}


def options(words: Sequence[str], key: str) -> list[str]:
    """The values of an option, each time it is given."""
    return [value for word, value in pairwise(words) if word == key]


class Store:
    """The folder, and what it was told of its files."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.notes = folder, folder.with_suffix(".json")
        self.told: dict[str, list[list[str]]] = (
            json.loads(self.notes.read_text()) if self.notes.exists() else {}
        )

    def put(self, source: Path, path: str, type_: str, cache: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, self.folder / path)
        self.told.setdefault(path, []).append([type_, cache])

    def fetch(self, patterns: Sequence[str], to: Path) -> None:
        for path in (path for pattern in patterns for path in self.folder.glob(pattern.lstrip("/"))):
            target = to / path.relative_to(self.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)

    def delete(self, path: str) -> None:
        (self.folder / path).unlink()

    def keep(self) -> None:
        self.notes.write_text(json.dumps(self.told), encoding="utf-8")


def rclone(store: Store, words: Sequence[str]) -> None:
    """Copy from the store, copy to it by a list, delete by a list."""
    if words[:2] == ["copy", PLACES["rclone"]]:
        store.fetch(options(words, "--include"), Path(words[2]))
        return
    paths = Path(*options(words, "--files-from-raw")).read_text(encoding="utf-8").splitlines()
    if words[:2] == ["delete", PLACES["rclone"]]:
        for path in paths:
            store.delete(path)
        return
    assert words[0] == "copy"
    assert words[2] == PLACES["rclone"]
    assert {"--ignore-times", "--no-traverse"} <= set(words)
    headers = dict(header.split(": ", 1) for header in options(words, "--header-upload"))
    for path in paths:
        store.put(Path(words[1]), path, headers["Content-Type"], headers["Cache-Control"])


def aws(store: Store, words: Sequence[str]) -> None:
    """The same by `aws s3`: folders instead of lists."""
    if words[:3] == ["s3", "cp", PLACES["aws"]]:
        store.fetch(options(words, "--include"), Path(words[3]))
    elif words[:2] == ["s3", "rm"]:
        store.delete(words[2].removeprefix(f"{PLACES['aws']}/"))
    else:
        assert words[:2] == ["s3", "cp"]
        assert words[3] == PLACES["aws"]
        assert "--recursive" in words
        for path in _files(Path(words[2])):
            store.put(
                Path(words[2]), path, *options(words, "--content-type"), *options(words, "--cache-control")
            )


def _files(folder: Path) -> Iterator[str]:
    yield from (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())


def main(words: Sequence[str]) -> None:
    """Do what a program of this name is asked for."""
    store = Store(Path(os.environ["FAKE_STORE"]))
    {"rclone": rclone, "aws": aws}[words[0]](store, words[1:])
    store.keep()


if __name__ == "__main__":
    main(sys.argv[1:])
