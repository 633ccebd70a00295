"""Prose -> the words that are a report's own: no markup, headings, figures, years, names or statutory sentences.

Every step replaces what one pattern finds. So the same steps give the words quickly, and, for the few texts in which
something was found, slowly with the place that each character comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from build_tools.folded import fold

UNIT, YEAR, NUMBER = "U", "Y", "#"
"""What stands for the unit itself and the places above it, for a year, for a figure."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a pattern finds becomes `mark`. With `hints`, nothing is found in a text that has none of them."""

    pattern: re.Pattern[str]
    mark: str
    hints: tuple[str, ...] = ()

    def skips(self, text: str) -> bool:
        """Whether the step would find nothing for sure."""
        return bool(self.hints) and not any(hint in text for hint in self.hints)


def _step(pattern: str, mark: str, *hints: str) -> Step:
    return Step(re.compile(pattern, re.MULTILINE), mark, hints)


_COUNT = "[一二三四五六七八九十]{1,3}"
_SELF = "[我本全](?:街道|单位|机关|部门|[省市州盟县区旗镇乡局委办厅院处])(?![场面])"
_BODY = "(?:人民政府|政府|街道办事处|办事处|管理委员会|管委会|办公室)?"
_SUFFIX = re.compile("(?:街道办事处|人民政府|管理委员会|自治[州县]|[省市区县镇乡旗盟]|街道)$")
_BEFORE = (  # a pattern for each sort: one that begins with a few characters is ten times as fast as any of several
    _step(r"^[ \t]*#[^\n]*", " ", "#"),
    _step(r"\]\([^()\n]{0,500}\)", " ", "]("),
    _step(r"https?://[!-~]{0,500}", " ", "http"),
    _step("[#_]", " ", "#", "_"),
    _step(rf"^[* \t]{{0,9}}(?:{_COUNT}、|[(（]{_COUNT}[)）])[^。；，,;\n]{{0,40}}$", " "),
    _step(rf"^{_COUNT}、", " "),
    _step(rf"[(（]{_COUNT}[)）]", "。"),
    _step(r"[0-9]{1,2}[.、](?![0-9])", "。"),
    _step(r"\n\n+", "。"),
    _step(r"\s+", "", " ", "\n", "\t"),
)
_AFTER = (
    _step(_SELF + _BODY, UNIT, "我", "本", "全"),
    _step(f"{UNIT}{{2,}}", UNIT),
    _step("[0-9〇零一二三四五六七八九]{4}年度?", YEAR),
    _step("[今本去上]年度?", YEAR),
    _step("[0-9][0-9.,]*[%‰]?", NUMBER),
    _step(rf"[^\u3400-\u9fff\U00010000-\U0003ffffA-Za-z{NUMBER}]", " "),
)
_LONG = 40  # without a comma for so long, words are parted after others that say little
_LITTLE = re.compile(f"(?<=[的和了{UNIT}{YEAR}{NUMBER}])")


@dataclass(frozen=True, slots=True)
class Placed:
    """Clauses with their places: for each character of each clause the part of the text that it was made of."""

    clauses: tuple[str, ...]
    spans: tuple[tuple[tuple[int, int], ...], ...]


@lru_cache(maxsize=512)
def naming(names: tuple[str, ...]) -> tuple[Step, ...]:
    """The steps for a unit of these names: its own, and those of the places above it."""
    known = {name for name in names if name} | {_SUFFIX.sub("", name) for name in names}
    longest = sorted((name for name in known if len(name) > 1), key=lambda name: (-len(name), name))
    any_name = (_step(f"(?:{'|'.join(map(re.escape, longest))}){_BODY}", UNIT),) if longest else ()
    return (*_BEFORE, *any_name, *_AFTER)


def clauses(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The text clause by clause, without what differs by itself."""
    found = fold(text).text
    for step in naming(names):
        if not step.skips(found):
            found = step.pattern.sub(step.mark, found)
    return tuple(_short(found.split()))


def placed(text: str, names: tuple[str, ...]) -> Placed:
    """The same clauses with their places in the text."""
    folded = fold(text)
    found, spans = folded.text, [folded.span(at, at + 1) for at in range(len(folded.text))]
    for step in naming(names):
        if not step.skips(found):
            found, spans = _replaced(found, spans, step)
    parts, places, at = list(_short(found.split())), list[tuple[tuple[int, int], ...]](), 0
    for part in parts:
        at = found.index(part, at)
        places.append(tuple(spans[at : at + len(part)]))
        at += len(part)
    return Placed(tuple(parts), tuple(places))


def _replaced(text: str, spans: list[tuple[int, int]], step: Step) -> tuple[str, list[tuple[int, int]]]:
    parts, places, done = list[str](), list[tuple[int, int]](), 0
    for match in step.pattern.finditer(text):
        start, end = match.span()
        parts += (text[done:start], step.mark)
        places += spans[done:start]
        places += [(spans[start][0], spans[end - 1][1])] * len(step.mark)
        done = end
    parts.append(text[done:])
    return "".join(parts), places + spans[done:]


def _short(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        if len(part) > _LONG:
            yield from filter(None, _LITTLE.split(part))
        else:
            yield part
