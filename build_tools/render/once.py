"""Values made once for each object they are made from, told apart by identity."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def once(size: int) -> Callable[[Callable[[Given], Made]], Callable[[Given], Made]]:
    """Keep what a function of one argument gives, for the last `size` objects it was called with.

    Forms and tables hold mappings, so that they have no hash; and to compare them would cost more than it saves.
    """

    def keep(make: Callable[[Given], Made]) -> Callable[[Given], Made]:
        kept: dict[int, tuple[Given, Made]] = {}

        @wraps(make)
        def made(given: Given) -> Made:
            # The object is kept too: as long as it lives no other has its identity.
            found = kept.get(id(given))
            if found is None:
                if len(kept) >= size:
                    del kept[next(iter(kept))]
                found = kept[id(given)] = (given, make(given))
            return found[1]

        return made

    return keep
