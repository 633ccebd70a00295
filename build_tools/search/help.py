"""What the browser needs to help with a query: traditional characters, and how the names are read.

The tables are data files, see their heads for where they come from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files


def help_table(names: Iterable[str]) -> str:
    """JSON: `traditional`, all pairs one after another; `pinyin`, syllables of the characters in `names`."""
    used = set().union(*names)
    syllables = {reading: "".join(c for c in found if c in used) for reading, found in _pinyin()}
    table = {
        "traditional": "".join(_pairs()),
        "pinyin": {reading: found for reading, found in syllables.items() if found},
    }
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"))


@cache
def everyday() -> str:
    """The 3,755 commonest characters (GB 2312, level 1), to be read beside the names.

    A character typed by mistake for its homophone need not stand in any name; without its reading 刘贺 is not 柳河.
    """
    rows, cells = range(0xB0, 0xD8), range(0xA1, 0xFF)
    return b"".join(bytes((row, cell)) for row in rows for cell in cells).decode("gb2312", "ignore")


@cache
def both() -> str:
    """The traditional characters that are everyday simplified ones too, such as 後: only a table knows them.

    A Han character outside GB 2312 makes the browser load the table; one of these must do so as well.
    """
    return "".join(pair[0] for pair in _pairs() if _in_gb2312(pair[0]))


def simplified(text: str) -> str:
    """The text with every traditional character that the table knows in its simplified shape."""
    return text.translate(_simple())


@cache
def _simple() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in _pairs()}


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _pairs() -> tuple[str, ...]:
    return tuple(pair for line in _lines("traditional") for pair in line.split())


@cache
def _pinyin() -> tuple[tuple[str, str], ...]:
    return tuple(
        (reading, found) for reading, _, found in (line.partition(": ") for line in _lines("pinyin"))
    )


def _lines(name: str) -> Iterator[str]:
    text = files(__package__).joinpath(f"tables/{name}.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if not line.startswith("#"))
