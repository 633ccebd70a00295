"""The changes of the archive by month, as a part of the site."""

from __future__ import annotations

from pathlib import Path

from build_tools.history import CHANGES as FOLDER
from build_tools.history import INDEX, History, index, month_file
from build_tools.publish.manifest import Listed, listed
from build_tools.publish.part import Part
from build_tools.publish.site import Out
from build_tools.publish.wanted import Wanted, wanted

CHANGES = "changes"
"""The part of the site that has them."""


def changes(history: History) -> Wanted:
    """The months as they lie ready, and the list of them."""
    months = _months(history)
    head = index(history.months, history.absence).encode()

    def fill(out: Part) -> None:
        for path, (source, entry) in months.items():
            out.take(path, source, entry)
        out.put(FOLDER, [(INDEX, head)])

    files = {path: entry for path, (_, entry) in months.items()}
    return wanted({**files, FOLDER + INDEX: listed(head)}, fill)


def put_changes(history: History, out: Out) -> None:
    """The same, all at once."""
    months = [(path, source.read_bytes()) for path, (source, _) in _months(history).items()]
    out.put("", [*months, (FOLDER + INDEX, index(history.months, history.absence))])


def _months(history: History) -> dict[str, tuple[Path, Listed]]:
    """Each file with the place it lies in."""
    names = {month_file(month.month): month for month in history.months} if history.folder else {}
    return {
        FOLDER + name: (history.folder / name, Listed(month.size, month.sha256))
        for name, month in names.items()
        if history.folder
    }
