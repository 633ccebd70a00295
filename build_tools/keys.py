"""Keys over what output is made of besides the archive itself: this package, the Python that runs it, folders."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from build_tools.files import digest


def compiled_key() -> str:
    """A key over the modules of this package: what a process does not notice when it changes under it."""
    files = contents(Path(__file__).parent)
    return digest("\n".join(f"{path} {content}" for path, content in files if path.endswith(".py")).encode())


def forget_all() -> None:
    """Let every cache of this package forget what it was made of files: forms, templates, words."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == __package__:
            for value in vars(module).values():
                clear = getattr(value, "cache_clear", None)
                if callable(clear):
                    clear()


@cache
def code_key() -> str:
    """A key over this package and the Python that runs it."""
    files = [f"{path} {content}" for path, content in contents(Path(__file__).parent)]
    return digest("\n".join([sys.version, zlib.ZLIB_RUNTIME_VERSION, *files]).encode())


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder, and a digest of what is in it; without what is hidden or compiled.

    A file is as good as a folder that holds just it; what is not there holds nothing.
    """
    if folder.is_file():
        yield folder.name, digest(folder.read_bytes())
    for above, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(("__pycache__", ".")))
        for name in sorted(files):
            path = Path(above, name)
            if path.is_file():
                yield str(path.relative_to(folder)), digest(path.read_bytes())
