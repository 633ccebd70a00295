"""A file's bytes -> text -> Source: its nodes, which know their places, and all that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.finding import Problem
from build_tools.model import Path
from build_tools.source import canonical, reader
from build_tools.source.nodes import At, Mapping, Node, Scalar, Sequence
from build_tools.source.spans import Words, span

MAX_BYTES = 1 << 20


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

    def locate(self, path: Path, words: Words | None = None) -> At:
        """The place of the node at `path`, or of the nearest node above it that exists.

        With `words`, the place of these characters of the text at `path`, where the file shows them.
        """
        node, at = self.root, (1, 1, 1, 1)
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.items:
                key, node = node.items[step]
                at = node.at if isinstance(node, Scalar) and node.plain else key
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                at = node.at
            else:
                return at
        there = span(node, self.text, words) if words and isinstance(node, Scalar) else None
        return there or at


def parse(text: str) -> Source:
    """Read one YAML document strictly; never raises for bad text, every problem carries its place."""
    root: Node | None = canonical.read(text)
    if root is not None:
        return Source(root, text)
    root, problems = reader.read(text)
    return Source(root, text, problems)


def decode_bytes(data: bytes, size: int | None = None) -> tuple[str, tuple[Problem, ...]]:
    """Turn a file's bytes into text, or say why they are none (too large, not UTF-8).

    `size` is the size of the whole file where `data` is only its beginning.
    """
    if (size := size or len(data)) > MAX_BYTES:
        message = f"文件有 {size} 字节，超过上限 {MAX_BYTES} 字节（1 MiB），多 {size - MAX_BYTES} 字节"
        hint = "报告文件只放文字和数字；原件放到 source 文件夹，不要贴进 YAML。"
        return "", (Problem((), message, hint, rule="YAML-SIZE", at=(1, 1, 1, 1)),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        message = f"第 {error.start + 1} 个字节起不是 UTF-8 文字"
        hint = "用记事本等打开后另存为，编码选“UTF-8”（不是 ANSI、GBK）。"
        at = (line, column, line, column + 1)
        return "", (Problem((), message, hint, rule="YAML-CHARACTER", at=at),)
