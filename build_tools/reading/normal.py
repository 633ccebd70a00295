"""Prose -> the text that is read: characters that only look different made alike, what cannot be seen left out.

Nothing is found in prose that a zero-width character, a mark of direction or another way of writing 0 could hide.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_LIKE = dict(
    zip(
        "⺠⻓⻔⻅⻛⻋⻚⻄⻆⻉⻢⻝⻩⻰條項類發開關報總計數號個萬億無沒與屬網頁處復復議訟訴請費業務規範許罰強製辦結轉續當現實"
        "會檔採購鎮鄉縣區收申長門見風車○",
        "民长门见风车页西角贝马食黄龙条项类发开关报总计数号个万亿无没与属网页处复复议讼诉请费业务规范许罚强制办结转续当现实"
        "会档采购镇乡县区收申长门见风车〇",
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
        sources = self._sources
        if not sources:
            return 0, 0
        first = sources[min(start, len(sources) - 1)]
        return first, sources[max(end - 1, start)] + 1 if end > start and end <= len(sources) else first

    @cached_property
    def _sources(self) -> list[int]:
        """For each character that is read, the original one; worked out for the few texts with findings alone.

        Both run alike but for blanks and ends of lines that were left out.
        """
        text, found = f"{self.text}\0", list[int]()
        for at, char in enumerate(self.original):
            for spelled in _READ[ord(char)]:
                if text[len(found)] == spelled:
                    found.append(at)
        return found


def normal(text: str) -> Normal:
    """The text as it is read, in time linear in its length."""
    read = text
    if _ODD.search(text) or _UNLIKE.search(text):
        read = text.translate(_READ)
    else:  # nearly all prose: just what the translation would do
        for wide, plain in _WIDE:
            read = read.replace(wide, plain)
    read = _WRAPPED.sub("", read)
    return Normal(text, _SPACED.sub("", read) if " " in read else read)
