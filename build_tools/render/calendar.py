"""Until when reports have to be public -> a calendar (iCalendar, RFC 5545): a day of each year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from build_tools.due import Due
from build_tools.render.feeds import urn

CALENDAR = "feeds/due.ics"
"""Where it stands, from the top of the site."""

_WIDTH = 75  # bytes of a line, without its end


def calendar(dues: Iterable[Due]) -> str:
    """The calendar of all these days, from the first for which each of them holds."""
    events = (line for due in dues for line in _event(due))
    head = (
        "VERSION:2.0",
        "PRODID:-//nianbao//due//ZH",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:政府信息公开年报的期限",
    )
    lines = ("BEGIN:VCALENDAR", *head, *events, "END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(due: Due) -> Iterator[str]:
    who, start = "、".join(due.of), due.on(due.first or 0).replace("-", "")
    usual = "" if due.binding else "（惯例）"
    yield "BEGIN:VEVENT"
    yield f"UID:{urn(f'due {who} {due.first}').removeprefix('urn:uuid:')}"
    yield f"DTSTAMP:{start}T000000Z"  # of the rule, not of the file: the same whenever that is made
    yield f"DTSTART;VALUE=DATE:{start}"
    yield "RRULE:FREQ=YEARLY"
    yield f"SUMMARY:{_text(f'{who}公布上一年度政府信息公开年报的最后一天{usual}')}"
    yield f"DESCRIPTION:{_text(f'依据：{due.basis}' if due.binding else due.basis)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """A text in which nothing is taken for what ends or parts values."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most so many bytes; those behind the first begin with a space."""
    piece, room = "", _WIDTH
    for char in line:
        if (size := len(char.encode())) > room:
            yield piece
            piece, room = " ", _WIDTH - 1
        piece += char
        room -= size
    yield piece
