"""The lines that no table was read from: prose, rows that the form does not have, pieces of headings, and the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from build_tools.form import Form
from build_tools.importing.doubt import Doubt
from build_tools.importing.labels import key, labels_of, vocabulary, without_tail
from build_tools.importing.lines import Line, is_figure
from build_tools.importing.parts import section_of, text_of
from build_tools.importing.reading import Reading
from build_tools.model import ExtraRow

NEAR = 40
"""Lines above a table's first row that its headings may take."""

PIECE, SENTENCE = 30, 12
"""Characters that a piece of a label has at most, and a sentence at least."""


@dataclass
class Leftover:
    """The lines of prose; by table key the rows that the form does not have; what could not be placed."""

    prose: list[Line] = field(default_factory=list)
    extra: dict[str, list[ExtraRow]] = field(default_factory=dict)
    strange: list[Doubt] = field(default_factory=list)


def sort_out(lines: Sequence[Line], readings: Sequence[Reading], form: Form) -> Leftover:
    """Sort the lines that were not read; nothing is dropped but what the form prints itself."""
    used = {at for reading in readings for at in reading.used}
    spans = [(reading, *_span(lines, reading)) for reading in readings]
    left = Leftover()
    for line in lines:
        if line.at not in used:
            _place(line, [reading for reading, first, last in spans if first <= line.at <= last], form, left)
    return left


def _place(line: Line, around: Sequence[Reading], form: Form, left: Leftover) -> None:
    text = text_of(line).strip()
    if not around or (line.alone and section_of(text, form)):
        left.prose.append(line)
    elif row := _extra(line, around[0]):
        left.extra.setdefault(around[0].form.key, []).append(row)
    elif _fragment(line, around):
        return
    elif line.alone and len(text) > SENTENCE and not is_figure(text):
        left.prose.append(line)
    else:
        seen = " ".join(cell.text for cell in line.cells if cell.text)
        why, advice = "认不出是哪一行的，没有录入", "对照原件，该录的补上。"
        left.strange.append(Doubt(around[0].form.name, line.place, seen, why, advice))


def _span(lines: Sequence[Line], reading: Reading) -> tuple[int, int]:
    """The first and last line of a table, headings included."""
    first, last = min(reading.used), max(reading.used)
    words = labels_of(reading.form).words
    for at in range(first - 1, max(-1, first - NEAR), -1):
        if lines[at].cells and not _belongs(lines[at], words):
            break
        first = at
    return first, last


def _belongs(line: Line, words: frozenset[str]) -> bool:
    """Whether all that stands on the line is printed by the form, or a piece of it."""
    texts = [key(cell.text) for cell in line.cells if cell.text]
    return all(text in words or any(len(text) < PIECE and text in word for word in words) for text in texts)


def _extra(line: Line, reading: Reading) -> ExtraRow | None:
    """A row of figures with a name that no form knows."""
    cells = [cell for cell in line.cells if cell.text]
    name, figures = cells[:1], cells[1:]
    if not figures or is_figure(name[0].text) or not all(is_figure(cell.text) for cell in figures):
        return None
    if key(cells[0].text) in vocabulary() or _belongs(line, labels_of(reading.form).words):
        return None
    return ExtraRow(" ".join(cells[0].text.split()), tuple(cell.text for cell in figures))


def _fragment(line: Line, readings: Sequence[Reading]) -> bool:
    """Whether the line holds only labels, pieces of them, or nothing."""
    texts = [key(cell.text) for cell in line.cells if cell.text]
    words = frozenset(word for reading in readings for word in labels_of(reading.form).words) | vocabulary()
    letters = Counter("".join(word for reading in readings for word in labels_of(reading.form).words))
    return all(
        text in words
        or without_tail(text) in words
        or (len(text) < PIECE and any(text in word for word in words))
        or (len(text) < PIECE and not any(c.isdigit() for c in text) and not Counter(text) - letters)
        for text in texts
    )
