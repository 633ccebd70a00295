"""The archive as it is, or as it was: its counties, and what is in its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from build_tools.archive import Register, Subject, folder_chain
from build_tools.county import County, read_county
from build_tools.former import Former
from build_tools.model import Unit
from build_tools.store import Store, Text

NONE = Text("", "")
"""What there is of a file that is not there."""


@dataclass(frozen=True, slots=True)
class Side:
    """The archive at one time."""

    store: Store
    register: Register
    former: Former
    now: int

    def county(self, folder: str) -> County:
        """Read and check a county by its folder, `33/330411`; one that is not there has nothing, wrong or right."""
        code, place = PurePosixPath(folder).name, self.store.reports / folder
        if not place.is_dir():
            return County(code, (), ())
        inside = self.store.county(code, place)
        return read_county(self.store, inside, self.register, self.now, self.former)

    def text(self, files: Sequence[str]) -> Text:
        """The first of these files that is there."""
        there = (file for file in files if (self.store.reports / file).is_file())
        file = next(there, "")
        return self.store.read(file) if file else NONE

    def name(self, unit: Unit) -> str:
        """The unit with where it is, as far as the register knows: 浙江省嘉兴市秀洲区油车港镇."""
        return "".join(one.name for one in folder_chain(self.register, unit.county)) + unit.name


@dataclass(frozen=True, slots=True)
class Known:
    """The units and readable reports of a county."""

    units: Mapping[str, Unit]
    reports: Mapping[tuple[str, int], Subject]

    @classmethod
    def of(cls, county: County) -> Known:
        """Those of a county that was read."""
        units = {holding.unit.id: holding.unit for holding in county.holdings}
        subjects = (filed.subject for holding in county.holdings for filed in holding.filed)
        return cls(units, {(one.unit.id, one.report.year): one for one in subjects})
