"""What this package read once and remembers: a preview lives long, and files of the package change under it."""

from __future__ import annotations

import sys


def forget_all() -> None:
    """Let every cache of this package forget what it was made of files: forms, templates, words."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == __package__:
            for value in vars(module).values():
                clear = getattr(value, "cache_clear", None)
                if callable(clear):
                    clear()
