"""The site twice: the copy that is shown, and beside it the one the next build brings up to date.

Nothing is ever written into the copy that is shown. When the other is finished the two change places in one step;
whatever happens before that, be it a killed process or a full disk, leaves the site as it was.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import cast

from build_tools.files import Lock, UnreadableError, digest, write_text
from build_tools.publish.tree import NOTHING, Tree

_EXCHANGE = 2  # RENAME_EXCHANGE of linux/fs.h
_HERE = -100  # AT_FDCWD of fcntl.h


class Twins:
    """The two copies of a site, and the lock that keeps a second build away while they are in use.

    `anew`: nothing of either is relied on.
    """

    def __init__(self, site: Path, *, anew: bool = False) -> None:
        site = site.resolve()  # a link to the site stays a link, and what it leads to is exchanged
        self.shown = Tree(site)
        self.made = Tree(site.with_name(f".{site.name}.twin"))
        self.last = NOTHING if anew else self.shown
        """What files may be shared with."""
        self._anew = anew
        self._aside = site.with_name(f".{site.name}.old")
        self._lock: Lock | None = None

    def begin(self) -> None:
        """Put right what an interrupted build left behind. Raises UnreadableError while another is under way."""
        self._lock = Lock(self.shown.folder.parent)
        if self._aside.exists():
            self._put_back()
        if self.made.folder.is_symlink() or (self.made.folder.exists() and not self.made.folder.is_dir()):
            raise UnreadableError(f"{self.made.folder} 该是本程序用的文件夹，却不是。把它移走再来。")
        if self.made.folder.exists() and (self._anew or not self._mended()):
            shutil.rmtree(self.made.folder)  # of another make, or damaged: what is in it is not known

    def rely_on(self, program: str, notes: Path) -> None:
        """Begin anew where another version of the program made the hidden copy: parts had other pages then.

        What a part no longer has is taken away, and would be gone from the part that has it now. In `notes` stands
        which version made which copy.
        """
        note = notes / digest(os.fsencode(self.made.folder))
        if not note.is_file() or note.read_text(encoding="utf-8") != program:
            shutil.rmtree(self.made.folder, ignore_errors=True)
            write_text(note, program)

    def _mended(self) -> bool:
        self.made.mend()
        return self.made.usable()

    def finish(self, parts: Mapping[str, str]) -> None:
        """Let the hidden copy, which holds these parts, take the place of the shown one."""
        self.made.seal(parts)
        if not self.shown.folder.exists():
            self.made.folder.rename(self.shown.folder)
        elif not _exchange(self.shown.folder, self.made.folder):
            self.shown.folder.rename(self._aside)
            self.made.folder.rename(self.shown.folder)
            self._aside.rename(self.made.folder)
        if self._anew:
            shutil.rmtree(self.made.folder, ignore_errors=True)  # the former site, which nobody vouches for

    def end(self) -> None:
        """Let other builds begin. Does nothing when none is under way."""
        if self._lock:
            self._lock.release()
            self._lock = None

    def _put_back(self) -> None:
        """An exchange in three steps was interrupted: after the first or the second."""
        if not self.shown.folder.exists():
            self._aside.rename(self.shown.folder)
        else:
            shutil.rmtree(self.made.folder, ignore_errors=True)
            self._aside.rename(self.made.folder)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    rename = _renameat2()
    return rename is not None and not rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)


@cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    try:
        function = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return None
    function.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return cast("Callable[[int, bytes, int, bytes, int], int]", function)
