"""A part that the finished site is to have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from build_tools.publish import manifest
from build_tools.publish.manifest import Listing, listed
from build_tools.publish.part import Part


@dataclass(frozen=True, slots=True)
class Wanted:
    """The SHA-256 of the part's list, and how its files get into it; without `fill` the part is shared."""

    digest: str
    fill: Callable[[Part], None] | None = None


def wanted(files: Listing, fill: Callable[[Part], None]) -> Wanted:
    """A part of just these files."""

    def filled(out: Part) -> None:
        out.keep_only(files)
        fill(out)

    return Wanted(listed(manifest.write(files)).sha256, filled)
