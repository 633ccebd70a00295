"""Findings for people: place, message, the line itself with a caret beneath, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.diagnostics.glyphs import WORDS, Lines, glyph, safe, width
from build_tools.finding import Finding, Severity

ROOM = 80
"""Columns of a source line that are shown; a longer one is cut around the caret."""

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_BOLD, _GREEN = "1", "32"


def text(
    findings: Sequence[Finding],
    lines: Lines,
    *,
    reports: int = 0,
    verbose: bool = False,
    colour: bool = False,
) -> str:
    """Each finding with its line, then one line that sums up. Waived ones are counted, shown if `verbose`.

    `reports` is the number of report files that were examined; 0 leaves it unsaid.
    """
    shown = [f for f in sorted(findings) if verbose or not f.waived]
    parts = [_entry(finding, lines, colour=colour) for finding in shown]
    return "".join(f"{part}\n\n" for part in parts) + _summary(findings, shown, reports)


def _entry(finding: Finding, lines: Lines, *, colour: bool) -> str:
    code, word = _COLOURS[finding.severity], WORDS[finding.severity]
    if finding.waived:
        code, word = _GREEN, f"已确认的{word}"
    code, bold = (code, _BOLD) if colour else ("", "")
    place = _paint(f"{safe(finding.file)}:{finding.line}:{finding.column}", bold)
    head = f"{place}: {_paint(f'{word} {safe(finding.rule)}', code)}"
    parts = [f"{head} {safe(finding.message)}"]
    parts += _quoted(finding, lines(finding.file, finding.line), code)
    parts.append(f"  位置：{safe(finding.path)}")
    last = f"原文如此：{safe(finding.waived)}" if finding.waived else f"怎么办：{safe(finding.hint)}"
    return "\n".join([*parts, f"  {last}"])


def _quoted(finding: Finding, line: str, code: str) -> list[str]:
    if not line.strip():
        return []
    end = finding.end_column if finding.end_line == finding.line else len(line) + 1
    shown, before, carets = excerpt(line, finding.column, end)
    number = str(finding.line)
    caret = _paint("^" * carets, code)
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * before}{caret}"]


def excerpt(line: str, column: int, end: int, room: int = ROOM) -> tuple[str, int, int]:
    """`line` as shown, the columns before the caret, and how wide it is.

    A line wider than `room` is cut, with … for what is left out; the caret's place is always in it.
    """
    if len(line) > 8 * room:  # far more than is shown, whatever its width
        left_out = max(column - 1 - 4 * room, 0)
        line = line[left_out : left_out + 8 * room]
        column, end = column - left_out, end - left_out
    shown = [glyph(char) for char in line]
    widths = [width(part) for part in shown]
    start = min(max(column - 1, 0), len(shown))
    stop = min(max(end - 1, start), len(shown))
    left, right = _window(widths, start, room)
    head, tail = "…" if left else "", "…" if right < len(shown) else ""
    before = len(head) + sum(widths[left:start])
    return head + "".join(shown[left:right]) + tail, before, max(sum(widths[start : min(stop, right)]), 1)


def _window(widths: list[int], start: int, room: int) -> tuple[int, int]:
    """The part of a line to show: a third of the room before `start`, the rest behind it."""
    if sum(widths) <= room:
        return 0, len(widths)
    left, used = start, 0
    enough = room // 3 if sum(widths[start:]) > room * 2 // 3 else room - sum(widths[start:])
    while left and used + widths[left - 1] <= enough:
        left -= 1
        used += widths[left]
    while 0 < left < start and not widths[left]:  # a mark without the letter it stands on
        left += 1
    right = start
    while right < len(widths) and used + widths[right] <= room:
        used += widths[right]
        right += 1
    return left, right


def _summary(findings: Sequence[Finding], shown: Sequence[Finding], reports: int) -> str:
    open_ = [f.severity for f in findings if not f.waived]
    counts = "，".join(f"{open_.count(severity)} 个{word}" for severity, word in WORDS.items())
    waived = f"，已确认 {len(findings) - len(open_)} 处" if len(findings) > len(open_) else ""
    examined = f"{reports} 份年报：" if reports else ""
    line = f"{examined}{counts}{waived}。\n" if findings else f"{examined}没有发现问题。\n"
    if not shown:
        return line
    gravest = min(shown, key=lambda finding: finding.severity.rank)
    return f"{line}看规则说明：make explain RULE={safe(gravest.rule)}\n"


def _paint(part: str, code: str) -> str:
    return f"\x1b[{code}m{part}\x1b[0m" if code else part
