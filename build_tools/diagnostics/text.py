"""Findings for people: place, message, the line itself with a caret beneath, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from build_tools.diagnostics.glyphs import WORDS, Lines, glyph, safe, width
from build_tools.finding import Finding, Severity
from build_tools.privacy import masked

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
    tally = Tally()
    return tally.told(findings, lines, verbose=verbose, colour=colour) + tally.summary(reports)


class Tally:
    """The same for findings that come a few at a time: what is told is counted and need not be kept."""

    def __init__(self) -> None:
        self._open: Counter[Severity] = Counter()
        self._all = 0
        self._gravest: Finding | None = None

    @property
    def blocks(self) -> bool:
        """Whether an error was among them that nobody has acknowledged."""
        return self._open[Severity.ERROR] > 0

    def told(
        self, findings: Sequence[Finding], lines: Lines, *, verbose: bool = False, colour: bool = False
    ) -> str:
        """Each of these findings with its line."""
        shown = [f for f in sorted(findings) if verbose or not f.waived]
        self._all += len(findings)
        self._open.update(f.severity for f in findings if not f.waived)
        known = [self._gravest] if self._gravest else []
        self._gravest = min([*known, *shown], key=lambda finding: finding.severity.rank, default=None)
        return "".join(f"{_entry(finding, lines, colour=colour)}\n\n" for finding in shown)

    def summary(self, reports: int) -> str:
        """How many there were, in one line, and where to read on."""
        counts = "，".join(f"{self._open[severity]} 个{word}" for severity, word in WORDS.items())
        waived = self._all - self._open.total()
        also = f"，已确认 {waived} 处" if waived else ""
        examined = f"{reports} 份年报：" if reports else ""
        line = f"{examined}{counts}{also}。\n" if self._all else f"{examined}没有发现问题。\n"
        return f"{line}看规则说明：make explain RULE={safe(self._gravest.rule)}\n" if self._gravest else line


def _entry(finding: Finding, lines: Lines, *, colour: bool) -> str:
    code, word = _COLOURS[finding.severity], WORDS[finding.severity]
    if finding.waived:
        code, word = _GREEN, f"已确认的{word}"
    code, bold = (code, _BOLD) if colour else ("", "")
    place = _paint(f"{safe(finding.file)}:{finding.line}:{finding.column}", bold)
    head = f"{place}: {_paint(f'{word} {safe(finding.rule)}', code)}"
    parts = [f"{head} {safe(finding.message)}"]
    parts += _quoted(finding, masked(lines(finding.file, finding.line)), code)
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


def _paint(part: str, code: str) -> str:
    return f"\x1b[{code}m{part}\x1b[0m" if code else part
