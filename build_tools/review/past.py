"""Some counties of the archive as they were where a branch began, in a folder for a while."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from build_tools.files import replace_bytes
from build_tools.history.branch import Branch
from build_tools.source import MAX_BYTES
from build_tools.store import ORIGINALS, SHEETS, Store

TOO_LARGE = b" " * (MAX_BYTES + 1)
"""What stands for a file that nothing will read, because it is larger than it may be."""


@contextmanager
def past(branch: Branch, counties: Iterable[str]) -> Iterator[Store]:
    """The archive as it was, with these counties alone (`33/330411`). Of originals only the names are there."""
    files = branch.files((*SHEETS, *counties))
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        store = Store(Path(folder))
        store.reports.mkdir()
        for path, data in _contents(branch, files):
            replace_bytes(store.reports / path, data)
        yield store


def _contents(branch: Branch, files: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    read = [path for path in files if ORIGINALS not in PurePosixPath(path).parts[:-1]]
    yield from ((path, b"") for path in files.keys() - read)
    for path, data in zip(read, branch.contents((files[path] for path in read), MAX_BYTES), strict=True):
        yield path, TOO_LARGE if data is None else data
