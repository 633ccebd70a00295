"""Looking for words in the texts of a report, and pointing at them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from build_tools.finding import Problem
from build_tools.model import Section
from build_tools.rules.view import Text, View


def gated(view: View, texts: Iterable[Text], words: Iterable[str]) -> list[Text]:
    """The texts that have one of the words: to find plain words costs a tenth of what a pattern costs."""
    there = [word for word in words if word in view.plain]
    return [text for text in texts if any(word in text.plain for word in there)] if there else []


def pointed(
    texts: Iterable[Text], pattern: re.Pattern[str], message: str, hint: str, *, weak: bool = False
) -> Iterator[Problem]:
    """A problem for the first place of each text that the pattern finds."""
    for text in texts:
        yield from first_of(text, list(pattern.finditer(text.plain)), message, hint, weak=weak)


def first_of(
    text: Text, found: Sequence[re.Match[str]], message: str, hint: str, *, weak: bool = False
) -> Iterator[Problem]:
    """A problem for the first of the places found in a text, if any; `{}` in the message is the words.

    How often they come is told, so that one fault needs one acknowledgement.
    """
    if found:
        many = f"，共 {len(found)} 处" if len(found) > 1 else ""
        said = message.format(found[0][0].strip()) + many
        yield Problem(text.path, said, hint, weak=weak, words=text.span(*found[0].span()))


def part(view: View, id_: str) -> Section | None:
    """The part of the prose with this id; None in a report without such parts."""
    return next((section for section in view.report.sections if section.id == id_), None)


def sentences(plain: str) -> list[str]:
    """A text cut at full stops, semicolons and ends of lines, without the numbers in front."""
    return [_NUMBERS.sub("", piece.strip()) for piece in _STOPS.split(plain) if piece.strip()]


_STOPS = re.compile("[。；;！!\n]")
_NUMBERS = re.compile("^[#*\\-（()）0-9一二三四五六七八九十、.． ]+")
