"""The registered units that a title may name, found without understanding the file of every unit in the country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from build_tools.archive import Register, chain
from build_tools.cli import asked
from build_tools.importing import Known
from build_tools.importing.labels import key
from build_tools.store import UNIT_FILE, Store, UnitFolder

_NAMES = re.compile(r"^(?:名称|别名|  - 名): *(.*)$", re.MULTILINE)
_EVERY_WAY = "别名:\n"
"""Names that stand on lines of their own, as no file does that `fmt` laid out."""


class Registered:
    """Called with a title, the units whose name may stand in it. Each file is read once, whatever is asked."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __call__(self, title: str) -> Iterator[Known]:
        head = key(title)
        for folder, text in self.texts:
            if _EVERY_WAY in text or any(key(name) in head for name in _named(text)):
                yield from self.known(folder)

    @cached_property
    def texts(self) -> Sequence[tuple[UnitFolder, str]]:
        """The folder of every unit, and what stands in its file."""
        folders = asked.unit_folders(self.store)
        return [(folder, self.store.read(f"{folder.folder}/{UNIT_FILE}").text) for folder in folders]

    @cached_property
    def divisions(self) -> Register:
        """The register of divisions."""
        return self.store.register()

    def known(self, folder: UnitFolder) -> Iterator[Known]:
        """The unit with its names and where it lies, if its file can be read."""
        unit, _ = asked.read_unit(self.store, folder)
        if unit:
            places = tuple(division.name for division in reversed(chain(self.divisions, folder.id)))
            yield Known(unit.id, tuple(unit.names()), places)


def _named(text: str) -> Iterator[str]:
    for line in _NAMES.findall(text):
        yield from (name for part in line.strip("[]").split(",") if (name := part.strip(" '\"")))
