"""YAML text -> nodes that know their places. The only module that imports yaml.

Built on libyaml's events, without resolver or constructor: `no`, `010`, `1:30` stay the text that stands
there. What YAML readers could take in different ways is refused, with its place, all of it at once.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import islice
from typing import cast

import yaml
from yaml._yaml import CParser

from build_tools.finding import Problem
from build_tools.model import Path
from build_tools.source import slips
from build_tools.source.characters import ODD, Span, comments, name, odd, readable
from build_tools.source.nodes import At, Mapping, Node, Scalar, Sequence
from build_tools.source.scalars import bent

MAX_BYTES = 1 << 20
MAX_DEPTH = 24
_SHOWN = 20  # problems of one sort; more would only bury the others


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
    builder = _Builder()
    for char, line, column in islice(odd(text), _SHOWN):
        builder.note("YAML-CHARACTER", f"此处有{name(char)}", _ODD_HINT, (line, column, line, column + 1))
    clean = readable(text)
    root = builder.build(clean)
    for line, column in islice(comments(clean, builder.scalars, builder.start), _SHOWN):
        builder.note("YAML-COMMENT", "正文里有注释（#）", _COMMENT_HINT, (line, column, line, column + 1))
    return Source(root, text, tuple(builder.problems))


def decode_bytes(data: bytes, size: int | None = None) -> tuple[str, tuple[Problem, ...]]:
    """Turn a file's bytes into text, or say why they are none (too large, not UTF-8).

    `size` is the size of the whole file where `data` is only its beginning.
    """
    if (size := size or len(data)) > MAX_BYTES:
        message = f"文件有 {size} 字节，超过上限 {MAX_BYTES} 字节（1 MiB），多 {size - MAX_BYTES} 字节"
        hint = "报告文件只放文字和数字；原件放到 source 文件夹，不要贴进 YAML。"
        return "", (_problem("YAML-SIZE", message, hint),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        message = f"第 {error.start + 1} 个字节起不是 UTF-8 文字"
        hint = "用记事本等打开后另存为，编码选“UTF-8”（不是 ANSI、GBK）。"
        return "", (_problem("YAML-CHARACTER", message, hint, (line, column, line, column + 1)),)


# --- events to nodes ----------------------------------------------------------------------------------

_ODD_HINT = "删掉它；缩进和空白一律用半角空格，换行用 LF。"
_COMMENT_HINT = "整理格式时注释会丢，只许写在第一个键以前。抄录时的情况写进“转录说明”，原件的错写进“确认”；若是原文里的字，给这段文字加英文引号。"
_SYNTAX_HINT = (
    "常见原因：冒号后少空格、缩进不齐、引号或方括号没有配对、文字里有英文冒号加空格。对照相邻的行改。"
)


def _place(event: yaml.Event) -> tuple[At, Span]:
    start, end = cast("tuple[yaml.Mark, yaml.Mark]", (event.start_mark, event.end_mark))  # libyaml gives both
    at = (start.line + 1, start.column + 1, end.line + 1, end.column + 1)
    return at, (start.index, end.index)


class _Builder:
    """Builds nodes from events with a stack of its own, so that no nesting can overrun Python's.

    What is forbidden is noted and read over where it can be, so that one reading finds all. `scalars` are the
    spans of all scalars, `start` is where the first node begins.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.scalars: list[Span] = []
        self.start = sys.maxsize
        self.text = ""

    def build(self, text: str) -> Node | None:
        """The root node; None where there is none or reading broke off."""
        self.text = text
        parser = CParser(text)
        try:
            return self._document(parser)
        except yaml.YAMLError as error:
            self._syntax(_stop(error))
            return None
        finally:
            parser.dispose()

    def note(self, rule: str, message: str, hint: str, at: At) -> None:
        """Note a problem, unless there are many of its sort."""
        if sum(p.rule == rule for p in self.problems) < _SHOWN:
            self.problems.append(_problem(rule, message, hint, at))

    def _document(self, parser: CParser) -> Node | None:
        root: Node | None = None
        stack: list[tuple[Sequence | Mapping, list[Scalar | None]]] = []  # a mapping's pending key
        while (event := parser.get_event()) is not None:
            if isinstance(event, yaml.NodeEvent):  # nearly all of them
                at, span = _place(event)
                node = self._node(event, at, span)
                if stack:
                    self._attach(stack[-1], node)
                else:
                    root, self.start = node, span[0]
                if not isinstance(node, Scalar):
                    stack.append((node, []))
                if len(stack) > MAX_DEPTH:
                    message = f"嵌套了 {len(stack)} 层，最多 {MAX_DEPTH} 层"
                    self.note("YAML-FEATURE", message, "报告文件只需要四五层。", node.at)
                    return None
            elif isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
            elif isinstance(event, yaml.DocumentStartEvent) and not self._document_start(event, root):
                break
        return root

    def _document_start(self, event: yaml.DocumentStartEvent, root: Node | None) -> bool:
        if root is not None:
            hint = "一个文件只写一份报告，删去 --- 以下的内容。"
            self.note("YAML-FEATURE", "一个文件里有第二份文档", hint, _place(event)[0])
            return False
        if event.version or event.tags:
            self.note("YAML-FEATURE", "不能用 % 开头的指令", "删去这一行。", _place(event)[0])
        return True

    def _node(self, event: yaml.NodeEvent, at: At, span: Span) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, at, span)
        if isinstance(event, yaml.AliasEvent):
            hint = "把要写的内容再写一遍。文字以 * 开头时加英文引号。"
            self.note("YAML-FEATURE", f"不能用别名 *{event.anchor}", hint, at)
            return Scalar(f"*{event.anchor}", plain=True, at=at)
        self._properties(event, at)
        return Sequence([], at) if isinstance(event, yaml.SequenceStartEvent) else Mapping({}, at)

    def _properties(self, event: yaml.NodeEvent, at: At) -> None:
        if event.anchor:
            hint = "删去它。文字以 & 开头时加英文引号。"
            self.note("YAML-FEATURE", f"不能用锚点 &{event.anchor}", hint, at)
        if tag := getattr(event, "tag", None):
            self.note("YAML-FEATURE", f"不能用标签 {tag}", "删去它。文字以 ! 开头时加英文引号。", at)

    def _scalar(self, event: yaml.ScalarEvent, at: At, span: Span) -> Scalar:
        if event.anchor or event.tag:
            self._properties(event, at)
        value, style = event.value, event.style
        if style in {"|", ">"}:  # behind the indicator a comment may follow
            span = (self.text.find("\n", span[0]), span[1])
        self.scalars.append(span)
        if not style and (why := bent(value)):
            hint = f'若是数字，照普通写法写（如 10）；若原文就是这几个字，加英文引号："{value}"。'
            self.note("YAML-SCALAR", f"“{value}”{why}，各种程序读法不一", hint, at)
        elif style == '"' and (escaped := ODD.search(value)):
            message = f"这段文字用转义写了{name(escaped.group())}"
            self.note("YAML-CHARACTER", message, "删掉反斜杠开头的那一小段。", at)
        return Scalar(value, not style, at)

    def _attach(self, top: tuple[Sequence | Mapping, list[Scalar | None]], node: Node) -> None:
        parent, pending = top
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif pending:
            self._put(parent, pending.pop(), node)
        elif isinstance(node, Scalar):
            pending.append(node)
        else:
            hint = "检查这一行的方括号、花括号和问号。"
            self.note("YAML-FEATURE", "键必须是一个词，不能是列表或映射", hint, node.at)
            pending.append(None)

    def _put(self, parent: Mapping, key: Scalar | None, node: Node) -> None:
        if key is None:  # noted already
            return
        if key.value in parent.items:
            first = parent.items[key.value][0][0]
            hint = f"第 {first} 行已经写过；两处只留一处。"
            self.note("YAML-DUPLICATE", f"“{key.value}”写了两次", hint, key.at)
        else:
            parent.items[key.value] = (key.at, node)

    def _syntax(self, stop: slips.Stop) -> None:
        slip = slips.find(self.text, stop, _reach)
        line, column = (slip.line, slip.column) if slip else stop.at
        message, hint = (slip.message, slip.hint) if slip else (stop.message, _SYNTAX_HINT)
        self.note("YAML-SYNTAX", message, hint, (line, column, line, column + 1))


def _stop(error: yaml.YAMLError) -> slips.Stop:
    what = getattr(error, "problem", None) or getattr(error, "reason", "") or "unreadable"
    places = [
        (mark.line + 1, mark.column + 1) if (mark := getattr(error, name, None)) else None
        for name in ("problem_mark", "context_mark")
    ]
    return slips.Stop(places[0] or (1, 1), what, places[1])


def _reach(text: str) -> int:
    """The line that reading gets to before it breaks off, or before it is nested too deep to go on."""
    parser, depth = CParser(text), 0
    try:
        while (event := parser.get_event()) is not None and depth <= MAX_DEPTH:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
    except yaml.YAMLError as error:
        return _stop(error).place[0]
    finally:
        parser.dispose()
    return sys.maxsize


def _problem(rule: str, message: str, hint: str, at: At = (1, 1, 1, 1)) -> Problem:
    return Problem((), message, hint, rule=rule, at=at)
