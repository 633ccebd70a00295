"""Prose -> the text that is read: characters that only look different made alike, what cannot be seen left out.

Nothing is found in prose that a zero-width character, a mark of direction or another way of writing 0 could hide.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_LIKE = dict(
    zip(
        "⺠⻓⻔⻅⻛⻋⻚⻄⻆⻉⻢⻝⻩⻰條項類發開關報總計數號個萬億無沒與屬網頁處復復議訟訴請費業務規範許罰強製辦結轉續當現實"
        "會檔採購鎮鄉縣區長門見風車○",
        "民长门见风车页西角贝马食黄龙条项类发开关报总计数号个万亿无没与属网页处复复议讼诉请费业务规范许罚强制办结转续当现实"
        "会档采购镇乡县区长门见风车〇",
        strict=True,
    )
)
"""Radicals that NFKC leaves, and the traditional forms of the words that rules look for."""

_KEPT = "，\n"
"""A full-width comma parts clauses; made alike with the one in 1,113 it would part numbers too, or join them."""

_EMPHASIS = "*"
_SPACED = re.compile(r" (?:(?<![0-9] ) *| *(?![0-9]))")
_WRAPPED = re.compile(r"\n(?<!\n\n)(?![\n#+|>-])(?!(?<=[0-9]\n)[0-9])")
_WIDE = (*zip("：；（）！？％", ":;()!?%", strict=True), (_EMPHASIS, ""))
_ODD = re.compile(r"[^\n -~，。、“”‘’《》〈〉〔〕【】—·：；（）！？％\u4e00-\u9fff]")
_LEFT_OUT = re.compile(r"[* \n]")
_UNLIKE = re.compile(f"[{''.join(_LIKE)}]")


class _Characters(dict[int, str]):
    """What each character is read as, found when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = read = _read_as(chr(code))
        return read


def _read_as(char: str) -> str:
    if char in _KEPT:
        return char
    if char.isspace():
        return " "
    kind = unicodedata.category(char)
    if kind == "Cf" or char == _EMPHASIS or "\ufe00" <= char <= "\ufe0f":
        return ""
    if kind == "No":
        return char  # ① and ² would grow together with figures beside them
    return "".join(" " if c.isspace() else _LIKE.get(c, c) for c in unicodedata.normalize("NFKC", char))


_READ = _Characters()


@dataclass(frozen=True)
class Normal:
    """A text and how it is read: `text` is in normal form; places in it lead back to the `original`."""

    original: str
    text: str

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from `start` to `end` come from: offsets in the original."""
        if not self.text:
            return 0, 0
        first = self._source(min(start, len(self.text) - 1))
        return first, self._source(end - 1) + 1 if start < end <= len(self.text) else first

    def _source(self, at: int) -> int:
        here, there = self._runs
        run = bisect_right(here, at) - 1
        return there[run] + at - here[run]

    @cached_property
    def _runs(self) -> tuple[list[int], list[int]]:
        """The places in the text, and in the original, from which both run alike; worked out for the few with findings.

        Blanks, ends of lines and stars may have been left out; in odd texts a character may have become several.
        """
        here, there = [0], [0]
        read = iter(self._spelled()) if _is_odd(self.original) else self._doubtful()
        for at, source in read:
            if at - here[-1] != source - there[-1]:
                here.append(at)
                there.append(source)
        return here, there

    def _doubtful(self) -> Iterator[tuple[int, int]]:
        """Behind each character that was left out: the place in the text and in the original."""
        gone = 0
        for match in _LEFT_OUT.finditer(self.original):
            at = match.start() - gone
            if match[0] == _EMPHASIS or self.text[at : at + 1] != match[0]:
                gone += 1
                yield at, match.end()

    def _spelled(self) -> Iterator[tuple[int, int]]:
        """Each character of the text with the place of the one it was made of."""
        at, text = 0, f"{self.text}\0"
        for source, char in enumerate(self.original):
            for spelled in _READ[ord(char)]:
                if text[at] == spelled:
                    yield at, source
                    at += 1


def normal(text: str) -> Normal:
    """The text as it is read, in time linear in its length."""
    read = text
    if _is_odd(text):
        read = text.translate(_READ)
    else:  # nearly all prose: just what the translation would do
        for wide, plain in _WIDE:
            read = read.replace(wide, plain)
    read = _WRAPPED.sub("", read)
    return Normal(text, _SPACED.sub("", read) if " " in read else read)


def _is_odd(text: str) -> bool:
    return _ODD.search(text) is not None or _UNLIKE.search(text) is not None
