"""What a build is told of the history of the archive, and asks of it county by county."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from build_tools.files import UnreadableError
from build_tools.history.absence import Absence
from build_tools.history.change import Change
from build_tools.history.kept import BookError, Month, of_county


@dataclass(frozen=True, slots=True)
class Past:
    """What a report's page tells of its changes: the newest first, or why they are not known."""

    changes: tuple[Change, ...] = ()
    absence: Absence | None = None


Chronicle = Mapping[tuple[str, int], tuple[Change, ...]]
"""The changes of some reports by unit and year, the newest first."""


@dataclass(frozen=True, slots=True)
class History:
    """The history of the archive, or why there is none. One that is not `told` is not spoken of at all.

    `keys`: for each county that has a history a key over all that its pages can show of it. `folder` holds the files
    of the months. `remark` is for whoever builds the site, where something keeps the history from being known.
    """

    told: bool = False
    absence: Absence | None = None
    remark: str = ""
    file: Path | None = None
    folder: Path | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    months: tuple[Month, ...] = ()

    def of(self, county: str) -> Chronicle:
        """The changes of a county's reports."""
        found: dict[tuple[str, int], list[Change]] = {}
        if self.file and county in self.keys:
            try:
                for change in of_county(self.file, county):
                    found.setdefault((change.unit, change.year), []).append(change)
            except BookError as error:
                raise UnreadableError(f"读不到 {self.file}：删去它，再做一次。") from error
        return {report: tuple(changes) for report, changes in found.items()}

    def past(self, changes: tuple[Change, ...]) -> Past | None:
        """What a page tells of these changes."""
        return Past(changes, self.absence) if self.told else None


UNTOLD = History()
"""No word of any history."""
