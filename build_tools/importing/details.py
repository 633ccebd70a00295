"""What stands below the title, before the first part: the day of publication, the unit's name, the report's scope."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from build_tools.decode import AGGREGATED
from build_tools.importing.lines import Line
from build_tools.importing.parts import plain, text_of
from build_tools.source.scalars import iso_date

_DAY = re.compile(
    r"(?:公布|发布)(?:日期|时间)\s*[:：]\s*(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
)
_UNIT = re.compile(r"单位名称\s*[:：]\s*(\S.*)")
_SCOPE = re.compile(rf"范围\s*[:：]\s*{AGGREGATED}")


@dataclass(frozen=True, slots=True)
class Details:
    """What was told, and the lines that tell something else."""

    published: str
    printed_unit: str
    aggregated: bool
    rest: tuple[Line, ...]


def details(lines: Sequence[Line]) -> Details:
    """Read the lines that say nothing but one of these; the first of each counts."""
    published, unit, aggregated = "", "", False
    rest: list[Line] = []
    for line in lines:
        text = plain(text_of(line))
        if not published and (day := _day(text)):
            published = day
        elif not unit and (named := _UNIT.fullmatch(text)):
            unit = named[1]
        elif not aggregated and _SCOPE.fullmatch(text):
            aggregated = True
        else:
            rest.append(line)
    return Details(published, unit, aggregated, tuple(rest))


def _day(text: str) -> str:
    match = _DAY.fullmatch(text)
    if match is None:
        return ""
    year, month, day = match.groups()
    found = f"{year}-{int(month):02}-{int(day):02}"
    return found if iso_date(found) else ""
