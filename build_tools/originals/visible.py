"""What readers see of an archived original that is a text or a web page."""

from __future__ import annotations

import codecs
import html
import re

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF8, "utf-8-sig"))
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|meta|div|p|table)\b", re.IGNORECASE)
_HEAD = 4096
_OPEN = re.compile(r"<(script|style)\b[^<>]{0,2000}>", re.IGNORECASE)
_CLOSE = {
    "script": re.compile(r"</script\s{0,9}>", re.IGNORECASE),
    "style": re.compile(r"</style\s{0,9}>", re.IGNORECASE),
}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,30})(?:[\s/][^<>]{0,20000})?>")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "o",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    ]
)
"""Tags amid which a number runs on."""


def visible(data: bytes) -> str:
    """The text by its byte order mark, else as UTF-8; of a web page without scripts, styles and tags."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    text = data.decode(encoding, "replace")
    if _PAGE.search(text, 0, _HEAD) is None:
        return text
    return html.unescape(_TAG.sub(_between, "".join(_unscripted(text))))


def _between(tag: re.Match[str]) -> str:
    return "" if tag[2].lower() in _INLINE else "\n\n"


def _unscripted(text: str) -> list[str]:
    """The pieces of a page between its scripts and styles; what is never closed is looked at as it stands."""
    pieces, at = [], 0
    while found := _OPEN.search(text, at):
        close = _CLOSE[found[1].lower()].search(text, found.end())
        if close is None:
            break
        pieces.append(text[at : found.start()])
        at = close.end()
    return [*pieces, text[at:]]
