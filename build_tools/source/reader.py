"""Any text -> nodes that know their places, and all that is wrong with it. The only module that imports yaml.

Built on libyaml's events, without resolver or constructor: `no`, `010`, `1:30` stay the text that stands
there. What YAML readers could take in different ways is refused, with its place, all of it at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import islice

import yaml
from yaml import ScalarEvent
from yaml._yaml import CParser

from build_tools.finding import Problem
from build_tools.source import slips
from build_tools.source.characters import ODD, comments, name, odd, readable
from build_tools.source.nodes import At, Mapping, Node, Scalar, Sequence
from build_tools.source.scalars import bent

MAX_DEPTH = 24
_SHOWN = 20  # problems of one sort; more would only bury the others


def read(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The root node and every problem with its place; no node where the text could not be read as YAML at all."""
    builder = _Builder()
    for char, line, column in islice(odd(text), _SHOWN):
        builder.note("YAML-CHARACTER", f"此处有{name(char)}", _ODD_HINT, (line, column, line, column + 1))
    clean = readable(text)
    root = builder.build(clean)
    found = comments(clean, builder.scalars, builder.roots[0].at[:2]) if builder.roots else ()
    for line, column in islice(found, _SHOWN):
        builder.note("YAML-COMMENT", "正文里有注释（#）", _COMMENT_HINT, (line, column, line, column + 1))
    return root, tuple(builder.problems)


_ODD_HINT = "删掉它；缩进和空白一律用半角空格，换行用 LF。"
_COMMENT_HINT = "整理格式时注释会丢，只许写在第一个键以前。抄录时的情况写进“转录说明”，原件的错写进“确认”；若是原文里的字，给这段文字加英文引号。"
_SYNTAX_HINT = (
    "常见原因：冒号后少空格、缩进不齐、引号或方括号没有配对、文字里有英文冒号加空格。对照相邻的行改。"
)


def _place(event: yaml.Event) -> At:
    start: yaml.Mark = event.start_mark  # type: ignore[assignment]  # libyaml gives both
    end: yaml.Mark = event.end_mark  # type: ignore[assignment]
    return start.line + 1, start.column + 1, end.line + 1, end.column + 1


class _Builder:
    """Builds nodes from events with a stack of its own, so that no nesting can overrun Python's.

    What is forbidden is noted and read over where it can be, so that one reading finds all. `roots` holds the
    root as soon as it begins, `scalars` the places of all scalars.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.roots: list[Node] = []
        self.scalars: list[At] = []
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
            self.problems.append(Problem((), message, hint, rule=rule, at=at))

    def _document(self, parser: CParser) -> Node | None:
        stack: list[Callable[[Node], None]] = [self.roots.append]  # what takes in the nodes of each level
        while (event := parser.get_event()) is not None:
            if isinstance(event, ScalarEvent):  # nearly all of them
                stack[-1](self._scalar(event, _place(event)))
            elif isinstance(event, yaml.CollectionStartEvent):
                node = self._opened(event, at := _place(event))
                stack[-1](node)
                if len(stack) > MAX_DEPTH:
                    message = f"嵌套了 {len(stack)} 层，最多 {MAX_DEPTH} 层"
                    self.note("YAML-FEATURE", message, "报告文件只需要四五层。", at)
                    return None
                stack.append(
                    _Entries(node, self.note).take if isinstance(node, Mapping) else node.items.append
                )
            elif isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
            elif isinstance(event, yaml.AliasEvent):
                stack[-1](self._alias(event, _place(event)))
            elif isinstance(event, yaml.DocumentStartEvent) and not self._document_start(event):
                break
        return self.roots[0] if self.roots else None

    def _document_start(self, event: yaml.DocumentStartEvent) -> bool:
        if self.roots:
            hint = "一个文件只写一份报告，删去 --- 以下的内容。"
            self.note("YAML-FEATURE", "一个文件里有第二份文档", hint, _place(event))
            return False
        if event.version or event.tags:
            self.note("YAML-FEATURE", "不能用 % 开头的指令", "删去这一行。", _place(event))
        return True

    def _opened(self, event: yaml.CollectionStartEvent, at: At) -> Sequence | Mapping:
        self._properties(event, at)
        return Sequence([], at) if isinstance(event, yaml.SequenceStartEvent) else Mapping({}, at)

    def _alias(self, event: yaml.AliasEvent, at: At) -> Scalar:
        hint = "把要写的内容再写一遍。文字以 * 开头时加英文引号。"
        self.note("YAML-FEATURE", f"不能用别名 *{event.anchor}", hint, at)
        return Scalar(f"*{event.anchor}", plain=True, at=at)

    def _properties(self, event: ScalarEvent | yaml.CollectionStartEvent, at: At) -> None:
        if event.anchor:
            hint = "删去它。文字以 & 开头时加英文引号。"
            self.note("YAML-FEATURE", f"不能用锚点 &{event.anchor}", hint, at)
        if event.tag:
            self.note("YAML-FEATURE", f"不能用标签 {event.tag}", "删去它。文字以 ! 开头时加英文引号。", at)

    def _scalar(self, event: ScalarEvent, at: At) -> Scalar:
        value, style = event.value, event.style
        if event.anchor or event.tag:
            self._properties(event, at)
        if style:
            self._styled(value, style, at)
        else:
            self.scalars.append(at)
            if why := bent(value):
                hint = f'若是数字，照普通写法写（如 10）；若原文就是这几个字，加英文引号："{value}"。'
                self.note("YAML-SCALAR", f"“{value}”{why}，各种程序读法不一", hint, at)
        return Scalar(value, not style, at)

    def _styled(self, value: str, style: str, at: At) -> None:
        # behind the indicator of a block a comment may follow
        self.scalars.append((at[0] + 1, 1, *at[2:]) if style in {"|", ">"} else at)
        if style == '"' and (escaped := ODD.search(value)):
            message = f"这段文字用转义写了{name(escaped.group())}"
            self.note("YAML-CHARACTER", message, "删掉反斜杠开头的那一小段。", at)

    def _syntax(self, stop: slips.Stop) -> None:
        slip = slips.find(self.text, stop, _reach)
        line, column = (slip.line, slip.column) if slip else stop.at
        message, hint = (slip.message, slip.hint) if slip else (stop.message, _SYNTAX_HINT)
        self.note("YAML-SYNTAX", message, hint, (line, column, line, column + 1))


class _Entries:
    """Takes in a mapping's keys and values in turn."""

    def __init__(self, mapping: Mapping, note: Callable[[str, str, str, At], None]) -> None:
        self.items, self.note = mapping.items, note
        self.key: Scalar | None = None
        self.waiting = False

    def take(self, node: Node) -> None:
        """A key, or the value of the key before."""
        if self.waiting:
            self.put(node)
        elif isinstance(node, Scalar):
            self.key = node
        else:
            hint = "检查这一行的方括号、花括号和问号。"
            self.note("YAML-FEATURE", "键必须是一个词，不能是列表或映射", hint, node.at)
            self.key = None
        self.waiting = not self.waiting

    def put(self, node: Node) -> None:
        """The value of the key that waits."""
        key = self.key
        if key is None:  # noted already
            return
        if key.value in self.items:
            first = self.items[key.value][0][0]
            hint = f"第 {first} 行已经写过；两处只留一处。"
            self.note("YAML-DUPLICATE", f"“{key.value}”写了两次", hint, key.at)
        else:
            self.items[key.value] = (key.at, node)


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
