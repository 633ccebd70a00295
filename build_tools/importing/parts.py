"""Lines -> the parts of a report: its title, and its sections with the lines of prose that stand under each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from build_tools.form import Form, SectionForm
from build_tools.importing.labels import key, without_number
from build_tools.importing.lines import Line

_NUMBERED = re.compile(r"(?P<number>[一二三四五六七八九十]{1,2})\s*[、,，.．]\s*(?P<heading>\S.{1,38})")
_TITLE = re.compile(r"政府信息(?:与政务)?公开.{0,12}?(?:年度|年)(?:工作)?报")
_CHINESE = re.compile(r"[一二三四五六七八九十]{1,2},")
LONGEST = 80
"""Characters of a title or heading."""

_ENDS = "。！？；：，、,;:!?"


@dataclass(frozen=True, slots=True)
class Part:
    """A section as printed: the form's section or, in free form, None; its heading; the lines below it."""

    section: SectionForm | None
    heading: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Parts:
    """A report's title, the lines that stand between it and the first heading, and the parts below headings."""

    title: str
    before: tuple[Line, ...]
    parts: tuple[Part, ...]


def text_of(line: Line) -> str:
    """What stands on the line, in one piece."""
    if not line.grid:
        return line.text
    return "\u3000".join(" ".join(cell.text.split()) for cell in line.cells if cell.text)


def parts(lines: Sequence[Line], form: Form) -> Parts:
    """Cut the lines that are not tables at their headings."""
    found = list(_headed(lines, form))
    first = found[0][0] if found else len(lines)
    title, rest = _title(lines[:first])
    result: list[Part] = []
    ends = [*(at for at, _, _ in found), len(lines)][1:]
    for (at, section, heading), end in zip(found, ends, strict=True):
        result.append(Part(section, heading, list(lines[at + 1 : end])))
    return Parts(title, tuple(rest), tuple(result))


def _headed(lines: Sequence[Line], form: Form) -> Iterator[tuple[int, SectionForm | None, str]]:
    taken: set[str] = set()
    for i, line in enumerate(lines):
        text = plain(text_of(line))
        if len(text) > LONGEST or not text or (line.grid and not line.alone):
            continue
        if form.free:
            if _chapter(text):
                yield i, None, text
            continue
        section = section_of(text, form)
        if section and section.id not in taken:
            taken.add(section.id)
            yield i, section, text


def _chapter(text: str) -> bool:
    match = _NUMBERED.fullmatch(text)
    return match is not None and text[-1] not in _ENDS


def section_of(text: str, form: Form) -> SectionForm | None:
    """The section of the form that a line is the heading of: by its words, or by its number and most of its words."""
    known = key(text)
    named = (without_number(known) if _CHINESE.match(known) else known).rstrip(":")
    for section in form.sections:
        if section.heading and named in {key(words) for words in (section.heading, *section.variants)}:
            return section
    match = _NUMBERED.fullmatch(text)
    if match is None or match["heading"][-1] in _ENDS:
        return None
    return next(
        (s for s in form.sections if s.number == match["number"] and _alike(match["heading"], s)), None
    )


def _alike(text: str, section: SectionForm) -> bool:
    """Whether at least three in five of the characters are those of the form's heading."""
    letters, wanted = set(key(text)), set(key(section.heading))
    return len(letters & wanted) >= 0.6 * max(len(letters), len(wanted))


def _title(lines: Sequence[Line]) -> tuple[str, list[Line]]:
    """The title among the lines before the first heading, and the lines that follow it."""
    for i, line in enumerate(lines):
        text = plain(text_of(line))
        if is_title(text):
            return _whole(lines, i, text), list(lines[i + 1 :])
    return "", list(lines)


def is_title(text: str) -> bool:
    """Whether a line may be the title of a report."""
    return 0 < len(text) <= LONGEST and _TITLE.search(text) is not None and text[-1] not in _ENDS


def plain(text: str) -> str:
    """A heading without the marks of bold words."""
    return text.replace("**", "").strip()


def _whole(lines: Sequence[Line], at: int, text: str) -> str:
    """The title with the line before or after it that it is broken over: the name of the unit, or 年度报告."""
    before = plain(text_of(lines[at - 1])) if at else ""
    if (
        before
        and len(before) <= LONGEST // 2
        and before[-1] not in _ENDS
        and re.match(r"\s*(?:关于)?\s*(?:20\d\d|政府信息)", text)
    ):
        return before + text
    return text


def prose_lines(lines: Iterable[Line], used: frozenset[int]) -> list[Line]:
    """The lines that no table was read from."""
    return [line for line in lines if line.at not in used and line.cells]
