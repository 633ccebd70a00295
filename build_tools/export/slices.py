"""What the open data are cut into: the whole archive, each year, each province."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from build_tools.archive import PROVINCE, Register
from build_tools.records import Pack

DATA = "data/"
"""Where the open data stand in the site."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the archive that has a folder of its own: all of it, the reports on a year, or a province's.

    `id` is `all`, the year, or the code of the province; `name` what people call it.
    """

    id: str
    folder: str
    name: str
    name_en: str
    year: int | None = None
    province: str = ""

    @property
    def up(self) -> str:
        """The way from its folder to the top of the site."""
        return "../" * self.folder.count("/")


ALL = Slice("all", f"{DATA}all/", "全部", "the whole archive")


def year_folder(year: int) -> str:
    """Where the data of the reports on a year stand."""
    return f"{DATA}years/{year}/"


def province_folder(code: str) -> str:
    """Where the data of a province's units stand."""
    return f"{DATA}provinces/{code}/"


def slices(counties: Iterable[str], years: Iterable[int], register: Register) -> Iterator[Slice]:
    """All slices of an archive with these counties, which has reports on these years."""
    yield ALL
    for year in sorted(years):
        yield Slice(str(year), year_folder(year), f"{year}年度", f"reports on {year}", year)
    for code in sorted({county[:PROVINCE] for county in counties}):
        name = register[code].name if code in register else code
        yield Slice(code, province_folder(code), name, f"province {code}", None, code)


def made_of(part: Slice, packs: Mapping[str, Pack]) -> list[tuple[str, list[str]]]:
    """The counties that a slice takes something of, in order, and digests of what it takes."""
    own = ((county, list(_digests(part, packs[county]))) for county in sorted(packs))
    return [(county, digests) for county, digests in own if digests and county.startswith(part.province)]


def _digests(part: Slice, pack: Pack) -> Iterable[str]:
    if part.year is None:
        return [pack.years[year] for year in sorted(pack.years)]
    own = pack.years.get(str(part.year))
    return [own] if own else []
