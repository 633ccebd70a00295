"""Text of a report or unit file -> its canonical text. Nothing but the layout changes; bad files are refused."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.decode import decode
from build_tools.finding import Problem
from build_tools.forms import official
from build_tools.source import Source, parse
from build_tools.units import decode_unit
from build_tools.write import MODELINE, report_text, unit_text


def layout(text: str, unit: str, year: int) -> tuple[str | None, tuple[Problem, ...]]:
    """The canonical text of a report file, or None and what is wrong with it. Comments in the head are kept."""
    source = parse(text)
    report, problems = decode(source, unit, year, official())
    return (report_text(report, comments(source)) if report else None), problems


def layout_unit(text: str, id_: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The canonical text of a unit file, likewise."""
    source = parse(text)
    unit, problems = decode_unit(source, id_)
    return (unit_text(unit, comments(source)) if unit else None), problems


def comments(source: Source) -> Iterator[str]:
    """The comments before the first key, but for the modeline, which is written anew."""
    top = source.root.at[0] if source.root else 1
    for number in range(1, top):
        _, mark, words = source.line(number).partition("#")
        if mark and not f"#{words}".startswith(MODELINE.split(":")[0]):
            yield f"#{words}".rstrip()
