"""The folder in which the next site grows, and how it takes the place of the last one."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from build_tools.files import UnreadableError


class Staging:
    """A folder beside the site in which the next one grows; it takes the site's place only when finished."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.folder = site.with_name(f".{site.name}.new")
        self._old = site.with_name(f".{site.name}.old")
        self._lock = -1

    def begin(self) -> None:
        """Start empty, and put back a site that an interrupted swap left aside.

        Raises UnreadableError while another build is under way in the same place.
        """
        self._lock = _alone(self.site.parent)
        self._clear()
        self.folder.mkdir(parents=True)

    def discard(self) -> None:
        """End the build: an unfinished site goes, the last good one stays. Does nothing when none is under way."""
        if self._lock >= 0:
            self._clear()
            os.close(self._lock)
            self._lock = -1

    def _clear(self) -> None:
        """Leave the site alone in its place, put back if a swap was interrupted between its two renames."""
        if self._old.exists() and not self.site.exists():
            self._old.rename(self.site)
        for folder in (self.folder, self._old):
            if folder.exists():
                shutil.rmtree(folder)

    def swap(self) -> None:
        """Put the finished site in place of the old one by renaming."""
        if self.site.exists():
            self.site.rename(self._old)
        self.folder.rename(self.site)
        self.discard()


def _alone(folder: Path) -> int:
    """A lock on a folder, held until its handle is closed; raise UnreadableError if another build holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise UnreadableError(f"{folder} 里有另一次构建正在进行，等它结束再来。") from error
    return handle
