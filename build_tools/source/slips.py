"""What people mistype where YAML breaks off, and libyaml's words in Chinese.

A slip is named only if mending it gets the reader further: what is advised has been tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

WORDS = {
    "could not find expected ':'": "这一行没有“键: 值”的冒号和空格",
    "mapping values are not allowed in this context": "这里不该有冒号",
    "block sequence entries are not allowed in this context": "“- ”开头的一项要另起一行",
    "mapping keys are not allowed in this context": "这里不该有问号",
    "found character that cannot start any token": "这个字符不能用在文字的开头",
    "found unexpected end of stream": "从这里开始的引号没有配对",
    "found unexpected document indicator": "引号还没有配对，就有 --- 或 ... 的一行",
    "found unknown escape character": "双引号里不能有这种反斜杠",
    "did not find expected comment or line break": "竖线后面不能接着写文字",
    "did not find expected alphabetic or numeric character": "文字以 & 或 * 开头",
    "did not find expected whitespace or line break": "文字以 ! 开头，或有 % 开头的一行",
    "did not find expected ',' or ']'": "从这里开始的方括号没有配对",
    "did not find expected ',' or '}'": "从这里开始的花括号没有配对",
    "did not find expected key": "这一行和上面的行没有对齐，或引号后面还有文字",
    "did not find expected '-' indicator": "这一行应以“- ”开头，或没有对齐",
    "did not find expected node content": "这里缺一个值，或多了一个标点",
    "did not find expected <document start>": "前一份内容已经完了，这里又开始一份",
}
"""What libyaml says, in words an editor can act on."""

WIDE_COLON = "改成半角冒号加一个空格，写成“键: 值”；输入法切到英文再打。"

# Where the beginning of a thing says more than the place at which its end was missed.
_FROM_BEGINNING = {
    "could not find expected ':'",
    "found unexpected end of stream",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
}

_KEY = r"(?P<key>\s*(?:-\s+)?[^\s：:，。；、！？“”\[\]{}#|>\"'][^：:，。；、！？“”\[\]{}#|>\"']{0,29})"
_WIDE = re.compile(_KEY + r"(?P<at>：)\s*(?P<rest>.*)")
_TIGHT = re.compile(_KEY + r"(?P<at>:)(?P<rest>[^ /:].*)")
_ROW = re.compile(_KEY + r":\s+[\[［【{｛]")
_BRACKETS = str.maketrans("［］【】｛｝", "[][]{}")
_QUOTED = re.compile(_KEY + r":\s+\"[^\"]*(?P<at>[”“])\s*$")
_ENTRY = re.compile(_KEY + r":(?:\s|$)")
_BLOCK = re.compile(r"(?P<lead>\s*(?:-\s+)?)(?P<key>[^：:]+):\s*[|>]\S*\s*")
_LOOKED_AT = 20  # lines above the place where reading broke off


@dataclass(frozen=True, slots=True)
class Stop:
    """Line and column, from 1, where reading broke off, libyaml's why, and where what it was reading begins."""

    place: tuple[int, int]
    what: str
    begun: tuple[int, int] | None = None

    @property
    def at(self) -> tuple[int, int]:
        """The place that tells most."""
        return self.begun if self.begun and self.what in _FROM_BEGINNING else self.place

    @property
    def message(self) -> str:
        """Why, in Chinese."""
        return f"这里不合 YAML 的写法：{WORDS.get(self.what, self.what)}"


@dataclass(frozen=True, slots=True)
class Slip:
    """A likely slip in its place, with the file's line as it should be."""

    line: int
    column: int
    message: str
    hint: str
    mended: str


Reach = Callable[[str], int]
"""The line that reading a text gets to before it breaks off; `sys.maxsize` if it does not."""


def find(text: str, stop: Stop, reach: Reach) -> Slip | None:
    """The slip that made reading break off, if it is one of those known."""
    lines = text.split("\n")
    line = stop.place[0]
    starts = dict.fromkeys([stop.at[0], line, _above(lines, line)])
    for start in (start for start in starts if 0 < start <= len(lines)):
        for slips in (_outdented(lines, start), *_mistyped(lines, start)):
            mended = list(lines)
            for slip in slips:
                mended[slip.line - 1] = slip.mended
            if slips and reach("\n".join(mended)) > line:
                return slips[-1]
    return None


def _above(lines: list[str], number: int) -> int:
    """The nearest line above with something on it; 0 if there is none."""
    return next((n for n in range(min(number - 1, len(lines)), 0, -1) if lines[n - 1].strip()), 0)


# --- marks of the input method -----------------------------------------------------------------------


def _mistyped(lines: list[str], start: int) -> Iterator[list[Slip]]:
    """The slip on a line; it with that on the line above; and so on: some only tell together."""
    found: list[Slip] = []
    for number in range(start, max(start - _LOOKED_AT, 0), -1):
        slip = _slip(lines[number - 1], number)
        if slip is None:
            return
        found.append(slip)
        yield found


def _slip(line: str, number: int) -> Slip | None:
    if match := _WIDE.match(line):
        mended = f"{match['key']}: {match['rest']}"
        message = f"“{match['key'].strip(' -')}”后面是全角冒号“：”"
        return Slip(number, match.start("at") + 1, message, WIDE_COLON, mended)
    if match := _TIGHT.match(line):
        mended = f"{match['key']}: {match['rest'].strip()}"
        message = f"“{match['key'].strip(' -')}”的冒号后面少一个空格"
        return Slip(number, match.start("at") + 2, message, "冒号后加一个半角空格，写成“键: 值”。", mended)
    if _ROW.match(line) and (wide := re.search("[［］【】｛｝]", line)):
        message = f"这里的括号“{wide[0]}”是全角的"
        hint = "改成半角的 [ ] 或 { }；输入法切到英文再打。"
        return Slip(number, wide.start() + 1, message, hint, line.translate(_BRACKETS))
    if match := _QUOTED.match(line):
        at = match.start("at")
        message = f'引号以英文的 " 开头，结尾却是中文的“{match["at"]}”'
        return Slip(number, at + 1, message, "开头和结尾都用英文引号。", f'{line[:at]}"{line[at + 1 :]}')
    return None


# --- text below a bar --------------------------------------------------------------------------------


def _outdented(lines: list[str], start: int) -> list[Slip]:
    """The lines from `start` to the next key, if they follow a `|` without standing deeper than its key."""
    owner = _owner(lines, start)
    if owner is None:
        return []
    key, inside = owner
    message = f"“{key}: |”下面的文字没有缩进"
    hint = f"这一段的每一行前面都空 {inside} 个半角空格。"
    slips = []
    for number in range(start, len(lines) + 1):
        line = lines[number - 1]
        if _ENTRY.match(line):
            break
        column = _indent(line) + 1
        slips.append(Slip(number, column, message, hint, " " * inside + line.lstrip(" ") if line else ""))
    return slips[::-1]


def _owner(lines: list[str], start: int) -> tuple[str, int] | None:
    """The key of the `|` whose text line `start` seems to be, and how far that text is indented."""
    inside = 0
    for number in range(start - 1, 0, -1):
        line = lines[number - 1]
        if match := _BLOCK.fullmatch(line):
            depth = len(match["lead"])
            return (match["key"], inside or depth + 2) if _indent(lines[start - 1]) <= depth else None
        if line.strip():
            if _ENTRY.match(line):
                return None
            inside = _indent(line)
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
