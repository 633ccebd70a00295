"""Text that is safe to show: nothing in it moves a cursor, hides, or counts for another width than it has.

What a report file or a file name holds was written by strangers; every output format shows it through here.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from build_tools.finding import Finding, Severity

Lines = Callable[[str, int], str]
"""The text of a line of a file, counted from 1; empty where there is none."""

Format = Callable[[Sequence[Finding], Lines], str]
"""Findings as text for one reader or machine, in an order of its own making."""

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}

_JOINERS = "\u200c\u200d"  # without them some scripts and pictures fall apart
_NO_XML = "\ufffe\uffff"
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def safe(text: str, keep: str = "") -> str:
    r"""`text` with each control, direction mark or half character shown as a sign: ␛, \u202e."""
    return "".join(char if char in keep else glyph(char) for char in text)


def glyph(char: str) -> str:
    """How one character is shown."""
    if char < " ":
        return chr(ord("␀") + ord(char))
    if char == "\x7f":
        return "␡"
    hidden = unicodedata.category(char) in _INVISIBLE and char not in _JOINERS
    return f"\\u{ord(char):04x}" if hidden or char in _NO_XML else char


def width(text: str) -> int:
    """The terminal columns that shown text takes: full-width characters two, combining ones none."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if char in _JOINERS or unicodedata.category(char) in {"Mn", "Me"} or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def whole(text: str) -> str:
    """`text` without halves of characters, so that it can be written as UTF-8."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def json_text(data: Any) -> str:  # noqa: ANN401  # whatever JSON can say
    """`data` as JSON in Chinese; what could act on a terminal is escaped, without loss."""
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return re.sub(
        "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]",
        lambda found: f"\\u{ord(found[0]):04x}",
        whole(text),
    )


_MARKS = re.compile(r"[\\`*_{}\[\]|]")
_LIVE = re.compile(
    r"(?<=@)|(?<=[#!$&~])(?=\w)|(?<=(?<!\d)%)(?=\w)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\bGH-)(?=\d)",
    re.IGNORECASE,
)
"""Where hosts begin to see a mention, a number of an issue or an address: something unseen is put there."""
_STARTS = re.compile(r"^(?=[#!:]|[+-](?:[\s+-]|$)|\d+[.)](?:\s|$))(\d*)(.)")


def markdown(text: str) -> str:
    """`text` as one line of Markdown that shows just this: no markup, no HTML, no link, no mention of anybody."""
    line = html.escape(_LIVE.sub("\u200b", safe(text)), quote=False)
    line = line.replace("~", "&#126;").replace("\u200b", "&#8203;")
    line = _MARKS.sub(lambda found: f"\\{found[0]}", line)
    return _STARTS.sub(_harmless, line.strip())


def _harmless(found: re.Match[str]) -> str:
    return "&#58;" if found[2] == ":" else f"{found[1]}\\{found[2]}"
