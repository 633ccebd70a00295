"""Whether work grows with the length of what it is given, as a ratio: noise of the machine passes, a square does not."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES, MOST = 8, 28
"""A text eight times as long may take up to this many times as long; a square would take 64 times."""
_ROUNDS, _LEAST = 6, 0.004


def in_proportion(work: Callable[[str], object], piece: str, length: int) -> bool:
    """Whether `work` on a text made of `piece` takes its time in proportion: the best of a few rounds of each counts."""
    short, long = ((piece * (size // len(piece) + 1))[:size] for size in (length, TIMES * length))
    least = most = float("inf")
    for _ in range(_ROUNDS):
        least, most = min(least, _seconds(work, short)), min(most, _seconds(work, long))
        if most < MOST * max(least, _LEAST):
            return True
    return False


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start
