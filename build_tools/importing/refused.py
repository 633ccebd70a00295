"""The one error of the importer: a file that cannot be read, and what to do instead."""

from __future__ import annotations


class RefusedError(Exception):
    """Nothing was read of a file. `why` and `advice` are sentences in Chinese, the first without its end."""

    def __init__(self, why: str, advice: str) -> None:
        super().__init__(f"{why}。{advice}")
        self.why, self.advice = why, advice
