"""How well the rules that read prose do: what people judged on the development set, as the manual tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from build_tools.source import plain


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings of one rule on real reports and on variations of our own, and what it did not find."""

    real_right: int
    real_wrong: int
    made_right: int
    made_wrong: int
    missed: int

    @property
    def right(self) -> int:
        """Findings that a careful reviewer agrees with."""
        return self.real_right + self.made_right

    @property
    def wrong(self) -> int:
        """Findings that he does not agree with."""
        return self.real_wrong + self.made_wrong

    @property
    def precision(self) -> str:
        """How many of the findings are right, in per cent; a stroke where there is none."""
        found = self.right + self.wrong
        return f"{100 * self.right // found}%" if found else "—"


@cache
def judged() -> Mapping[str, Judged]:
    """What was judged, by rule."""
    text = files("build_tools.manual").joinpath("judged.yml").read_text(encoding="utf-8")
    entries = cast("Mapping[str, Mapping[str, str]]", plain(text))
    return {rule: Judged(**{k: int(v) for k, v in counts.items()}) for rule, counts in entries.items()}
