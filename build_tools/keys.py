"""Keys over what output is made of besides the archive itself: this package, the Python that runs it, folders."""

from __future__ import annotations

import os
import sys
import sysconfig
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from build_tools.files import digest


def compiled_key() -> str:
    """A key over the modules of this package: what a process does not notice when it changes under it."""
    files = contents(Path(__file__).parent)
    return digest("\n".join(f"{path} {content}" for path, content in files if path.endswith(".py")).encode())


@cache
def code_key() -> str:
    """A key over this package, the packages that are installed, and the Python that runs them."""
    files = [f"{path} {content}" for path, content in contents(Path(__file__).parent)]
    return digest(
        "\n".join([sys.version, zlib.ZLIB_RUNTIME_VERSION, *_installed(), *files]).encode(
            "utf-8", "surrogateescape"
        )
    )


def _installed() -> list[str]:
    """The packages that are installed, with their versions, as their folders are called."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return sorted(path.name for folder in folders for path in Path(folder).glob("*.dist-info"))


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder, and a digest of what is in it; without what Python has compiled.

    A file is as good as a folder that holds just it; what is not there holds nothing. Links are followed.
    """
    if folder.is_file():
        yield folder.name, digest(folder.read_bytes())
    seen: set[str] = set()
    for above, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(above)
        if real in seen:  # a link that leads back
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            path = Path(above, name)
            if path.is_file():
                yield str(path.relative_to(folder)), digest(path.read_bytes())
