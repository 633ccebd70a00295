"""YAML text -> nodes that know their places. The only module that imports yaml.

Built on libyaml's events, without resolver or constructor: `no`, `010`, `1:30` stay the text that stands
there. What YAML readers could take in different ways is refused, with its place, all of it at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

import yaml
from yaml.cyaml import CParser

from build_tools.finding import Problem
from build_tools.model import Path

MAX_BYTES = 1 << 20
MAX_DEPTH = 24
_SHOWN = 20  # problems of one sort; more would only bury the others

At = tuple[int, int, int, int]
"""Line, column, end line, end column, counted in characters from 1."""


@dataclass(slots=True)
class Scalar:
    """A single text. `plain` is false where it was quoted or written as a block."""

    value: str
    plain: bool
    at: At


@dataclass(slots=True)
class Sequence:
    """A list of nodes."""

    items: list[Node]
    at: At


@dataclass(slots=True)
class Mapping:
    """Key texts with their own places, and nodes."""

    items: dict[str, tuple[At, Node]]
    at: At


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class Source:
    """One file's nodes and text. `root` is None where the text could not be read as YAML at all."""

    root: Node | None
    text: str
    problems: tuple[Problem, ...] = ()

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty past the end."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def locate(self, path: Path) -> At:
        """The place of the node at `path`, or of the nearest node above it that exists."""
        node, at = self.root, (1, 1, 1, 1)
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.items:
                key, node = node.items[step]
                at = node.at if isinstance(node, Scalar) and node.plain else key
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                at = node.at
            else:
                break
        return at


def parse(text: str) -> Source:
    """Read one YAML document strictly; never raises for bad text, every problem carries its place."""
    problems = list(_characters(text))
    # Same length, so places stay right; reading goes on to find the other problems too.
    clean = _ODD.sub("?", text) if problems else text
    builder = _Builder()
    root = builder.build(clean)
    return Source(root, text, tuple(problems + builder.problems))


def decode_bytes(data: bytes, size: int | None = None) -> tuple[str, tuple[Problem, ...]]:
    """Turn a file's bytes into text, or say why they are none (too large, not UTF-8).

    `size` is the size of the whole file where `data` is only its beginning.
    """
    if (size := size or len(data)) > MAX_BYTES:
        message = f"文件有 {size} 字节，超过上限 {MAX_BYTES} 字节（1 MiB），多 {size - MAX_BYTES} 字节"
        return "", (
            _problem("YAML-SIZE", message, "报告文件只放文字和数字；原件放到 source 文件夹，不要贴进 YAML。"),
        )
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        message = f"第 {error.start + 1} 个字节起不是 UTF-8 文字"
        hint = "用记事本等打开后另存为，编码选“UTF-8”（不是 ANSI、GBK）。"
        return "", (_problem("YAML-CHARACTER", message, hint, (line, column, line, column + 1)),)


# --- characters ------------------------------------------------------------------------------------

_NAMES = {
    "\t": "制表符（Tab）",
    "\ufeff": "字节顺序标记（BOM）",
    "\r": "回车符（Windows 换行）",
    "\x85": "换行控制符",
    "\u2028": "行分隔符",
    "\u2029": "段分隔符",
}
_ODD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def _characters(text: str) -> Iterator[Problem]:
    # Most texts have none of them; places are worked out only for those that do.
    for count, match in enumerate(_ODD.finditer(text)):
        if count == _SHOWN:
            return
        char, start = match.group(), match.start()
        line = text.count("\n", 0, start) + 1
        column = start - text.rfind("\n", 0, start)
        name = _NAMES.get(char, "看不见的控制字符")
        yield _problem(
            "YAML-CHARACTER",
            f"此处有{name} U+{ord(char):04X}",
            "删掉它；缩进和空白一律用半角空格，换行用 LF。",
            (line, column, line, column + 1),
        )


# --- scalars that YAML readers bend -----------------------------------------------------------------

_BENT = (
    (re.compile(r"[+-]?0[\d_]+(\.\d*)?"), "以 0 开头，有的程序会当作八进制数"),
    (re.compile(r"[+-]?0[xXoObB][0-9a-fA-F_]+"), "会被当作十六进制、八进制或二进制数"),
    (re.compile(r"[+-]?\d[\d_]*_[\d_]*(\.[\d_]*)?"), "数字里有下划线"),
    (re.compile(r"[+-]?\d+(:[0-5]?\d)+(\.\d*)?"), "会被当作六十进制数"),
    (re.compile(r"[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d+"), "会被当作科学记数法"),
    (re.compile(r"[+-]?(\.\d+|\d+\.)"), "小数点前后缺数字"),
    (re.compile(r"[+-]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), "会被当作无穷大或非数"),
    (re.compile(r"[+＋\-－]?[\d.,，．]*[０-９][０-９\d.,，．]*"), "是全角数字"),
    (
        re.compile(r"y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|[tT]rue|TRUE|[fF]alse|FALSE"),
        "会被当作“是/否”",
    ),
    (re.compile(r"null|Null|NULL"), "会被当作空白"),
    (re.compile(r"=|<<"), "是 YAML 的特殊记号"),
)
_PLAIN = re.compile(
    r"~|[+-]?(0|[1-9]\d*)(\.\d+)?|\d{4}-\d\d-\d\d|[^\d+\-.yYnNoOtTfF=<０-９＋－].*", re.DOTALL
)


def _bent(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return ""
    return next((why for pattern, why in _BENT if pattern.fullmatch(text)), "")


# --- nodes ------------------------------------------------------------------------------------------


def _at(event: yaml.Event) -> At:
    start, end = event.start_mark, event.end_mark
    return (start.line + 1, start.column + 1, end.line + 1, end.column + 1)


class _Stopped(Exception):
    """Reading cannot go on; the problem is already noted."""


class _Builder:
    """Builds nodes from events with a stack of its own, so that no nesting can overrun Python's."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def build(self, text: str) -> Node | None:
        try:
            parser = CParser(text)
            try:
                return self._document(parser)
            finally:
                parser.dispose()
        except yaml.YAMLError as error:
            self._syntax(error)
        except _Stopped:
            pass
        return None

    def _document(self, parser: CParser) -> Node | None:
        root: Node | None = None
        stack: list[tuple[Sequence | Mapping, list[Scalar]]] = []  # a mapping's pending key
        while True:
            event = parser.get_event()
            if event is None or isinstance(event, yaml.StreamEndEvent):
                return root
            self._forbidden(event, again=root is not None)
            if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                stack.pop()
                continue
            node = self._node(event)
            if node is None:
                continue
            if stack:
                self._attach(stack[-1], node)
            else:
                root = node
            if not isinstance(node, Scalar):
                stack.append((node, []))
                if len(stack) > MAX_DEPTH:
                    self._stop(
                        "YAML-FEATURE",
                        f"嵌套了 {len(stack)} 层，最多 {MAX_DEPTH} 层",
                        "报告文件只需要四五层。",
                        node.at,
                    )

    def _forbidden(self, event: yaml.Event, *, again: bool) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._stop(
                "YAML-FEATURE",
                f"不能用别名 *{event.anchor}",
                "把要写的内容再写一遍。文字以 * 开头时加英文引号。",
                _at(event),
            )
        if isinstance(event, yaml.DocumentStartEvent) and again:
            self._stop(
                "YAML-FEATURE",
                "一个文件里有第二份文档",
                "一个文件只写一份报告，删去 --- 以下的内容。",
                _at(event),
            )
        if getattr(event, "anchor", None):
            self._note(
                "YAML-FEATURE",
                f"不能用锚点 &{event.anchor}",
                "删去它。文字以 & 开头时加英文引号。",
                _at(event),
            )
        if getattr(event, "tag", None):
            self._note(
                "YAML-FEATURE", f"不能用标签 {event.tag}", "删去它。文字以 ! 开头时加英文引号。", _at(event)
            )

    def _node(self, event: yaml.Event) -> Node | None:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence([], _at(event))
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping({}, _at(event))
        return None

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        plain = not event.style
        node = Scalar(event.value, plain, _at(event))
        if plain and (why := _bent(event.value)):
            hint = f'若是数字，照普通写法写（如 10）；若原文就是这几个字，加英文引号："{event.value}"。'
            self._note("YAML-SCALAR", f"“{event.value}”{why}，各种程序读法不一", hint, node.at)
        return node

    def _attach(self, top: tuple[Sequence | Mapping, list[Scalar]], node: Node) -> None:
        parent, pending = top
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif pending:
            self._put(parent, pending.pop(), node)
        elif isinstance(node, Scalar):
            pending.append(node)
        else:
            self._stop(
                "YAML-FEATURE",
                "键必须是一个词，不能是列表或映射",
                "检查这一行的方括号、花括号和问号。",
                node.at,
            )

    def _put(self, parent: Mapping, key: Scalar, node: Node) -> None:
        if key.value in parent.items:
            first = parent.items[key.value][0][0]
            hint = f"第 {first} 行已经写过；两处只留一处。"
            self._note("YAML-DUPLICATE", f"“{key.value}”写了两次", hint, key.at)
        else:
            parent.items[key.value] = (key.at, node)

    def _note(self, rule: str, message: str, hint: str, at: At) -> None:
        if sum(p.rule == rule for p in self.problems) < _SHOWN:
            self.problems.append(_problem(rule, message, hint, at))

    def _stop(self, rule: str, message: str, hint: str, at: At) -> NoReturn:
        self._note(rule, message, hint, at)
        raise _Stopped

    def _syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = getattr(error, "problem", None) or getattr(error, "reason", "") or "unreadable"
        message = f"这里不合 YAML 的写法（{what}）"
        hint = (
            "常见原因：冒号后少空格、缩进不齐、引号或方括号没有配对、文字里有英文冒号加空格。对照相邻的行改。"
        )
        self._note("YAML-SYNTAX", message, hint, (line, column, line, column + 1))


def _problem(rule: str, message: str, hint: str, at: At = (1, 1, 1, 1)) -> Problem:
    return Problem((), message, hint, rule=rule, at=at)


# --- the project's own data files --------------------------------------------------------------------

Plain = str | list["Plain"] | dict[str, "Plain"]


def plain(text: str) -> Plain:
    """Read one of the project's own data files into texts, lists and dicts; raise ValueError if it is bad.

    Scalars that readers bend are no matter here: the caller gives each its type.
    """
    source = parse(text)
    faults = [f"{p.at}: {p.message}" for p in source.problems if p.rule != "YAML-SCALAR"]
    if faults or source.root is None:
        raise ValueError("; ".join(faults) or "empty file")
    return _strip(source.root)


def _strip(node: Node) -> Plain:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [_strip(item) for item in node.items]
    return {key: _strip(item) for key, (_, item) in node.items.items()}
