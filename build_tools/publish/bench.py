"""Where a build works, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from build_tools.publish.progress import Watch
from build_tools.publish.twins import Twins
from build_tools.workers import Spread


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a build works: the two copies of the site, the folder of what is kept between builds, its workers.

    `fresh`: nothing that was kept is relied on.
    """

    twins: Twins
    cache: Path
    spread: Spread
    watch: Watch
    fresh: bool = False
