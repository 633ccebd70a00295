"""Typed reading of nodes: each wrong shape becomes a problem with its path, and reading goes on."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from build_tools.finding import Problem
from build_tools.model import Path
from build_tools.source.nodes import At, Mapping, Node, Scalar, Sequence
from build_tools.source.scalars import iso_date
from build_tools.source.slips import WIDE_COLON

UNKNOWN = "SCHEMA-UNKNOWN"
SHAPE = "SCHEMA-SHAPE"
REQUIRED = "ID-REQUIRED"
_MANY = 100  # problems of one rule in one file: a file that wide is no report
_SHOWN = 20  # unknown keys of one mapping; more would only bury the rest


class Fields:
    """Collects the problems of one file while its nodes are read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._told: Counter[str] = Counter()

    def wrong(self, path: Path, message: str, hint: str, rule: str = SHAPE, *, at: At | None = None) -> None:
        """Note a problem, unless there are many of its sort.

        `at` where the path alone would not lead to the very place.
        """
        self._told[rule] += 1
        if self._told[rule] <= _MANY:
            self.problems.append(Problem(path, message, hint, rule=rule, at=at))

    def mapping(self, node: Node | None, path: Path, known: Iterable[str]) -> dict[str, Node]:
        """The entries of a mapping; keys not in `known` are noted and left out."""
        if not isinstance(node, Mapping):
            if node is not None and not self.wide_colon(node, path):
                self.wrong(
                    path,
                    f"{_name(path)}应是“键: 值”的若干行",
                    "写成一行一项，冒号后空一格，比上一级多缩进两格。",
                )
            return {}
        known = dict.fromkeys(known)
        entries = {key: item for key, (_, item) in node.items.items() if key in known}
        if len(entries) < len(node.items):
            strange = ((key, at) for key, (at, _) in node.items.items() if key not in known)
            for key, at in islice(strange, _SHOWN):
                self.unknown((*path, key), key, list(known), at)
        return entries

    def wide_colon(self, node: Node, path: Path) -> bool:
        """Whether lines of `键：值` with full-width colons became one text instead of a mapping; that is noted."""
        if not isinstance(node, Scalar) or not node.plain or "：" not in node.value:
            return False
        before = node.value[: node.value.index("：")]
        line, column = node.at[0], node.at[1] + (0 if " " in before else len(before))  # lines join by a space
        self.wrong(path, "这里的冒号是全角的“：”", WIDE_COLON, at=(line, column, line, column + 1))
        return True

    def unknown(self, path: Path, key: str, known: list[str], at: At) -> None:
        """Note a key that nobody knows, with the likeliest of those that are known."""
        if "：" in key:
            self.wrong(path, f"“{key}”里的冒号是全角的“：”", WIDE_COLON, UNKNOWN, at=at)
            return
        close = difflib.get_close_matches(key, known, 1, 0.4)
        hint = f"是不是想写“{close[0]}”？" if close else ""
        self.wrong(path, f"不认识“{key}”", f"{hint}这里可以写：{'、'.join(known[:12])}。", UNKNOWN, at=at)

    def sequence(self, node: Node | None, path: Path) -> list[Node]:
        """The items of a list; nothing for an absent or blank one."""
        if isinstance(node, Sequence):
            return node.items
        if node is not None and not blank(node):
            self.wrong(path, f"{_name(path)}应是一个列表", "每项一行，以“- ”开头；或写成 [甲, 乙]。")
        return []

    def text(self, node: Node | None, path: Path, *, lines: bool = False) -> str:
        """A text without the white space around it; empty for an absent or blank one.

        Prose (`lines`) keeps full-width and fixed spaces: they are its printed indentation.
        """
        if node is None or blank(node):
            return ""
        if not isinstance(node, Scalar):
            self.wrong(
                path, f"{_name(path)}应是一段文字", "直接在冒号后写文字；多行文字用 | 起头，下面各行缩进。"
            )
            return ""
        value = node.value.strip(" \n" if lines else None)
        if not lines and "\n" in value:
            self.wrong(path, f"{_name(path)}应写在一行里", "去掉换行。")
        return value

    def required(self, node: Node | None, path: Path) -> str:
        """A text that must be there."""
        value = self.text(node, path)
        if not value and (node is None or isinstance(node, Scalar)):
            self.wrong(path, f"没有写“{path[-1]}”", f"补上一行“{path[-1]}: …”。", REQUIRED)
        return value

    def date(self, node: Node | None, path: Path) -> str:
        """An ISO date, or empty."""
        value = self.text(node, path)
        if value and not iso_date(value):
            hint = "写成 2021-01-31 的样子（年四位、月两位、日两位）；不知道就写 ~。"
            self.wrong(path, f"“{value}”不是一个日期", hint, "DT-FORMAT")
            return ""
        return value

    def choice(self, node: Node | None, path: Path, known: Iterable[str], *, needed: bool = False) -> str:
        """One of the known words, or empty; `needed` says that it must be there."""
        value, known = self.required(node, path) if needed else self.text(node, path), list(known)
        if value and value not in known:
            self.wrong(path, f"{_name(path)}不能是“{value}”", f"可以写：{'、'.join(known)}。")
            return ""
        return value

    def texts(self, node: Node | None, path: Path) -> tuple[str, ...]:
        """A list of one-line texts."""
        return tuple(self.text(item, (*path, i)) for i, item in enumerate(self.sequence(node, path)))

    def mappings(
        self, node: Node | None, path: Path, known: Iterable[str]
    ) -> Iterator[tuple[Path, dict[str, Node]]]:
        """A list of mappings with the same keys."""
        for i, item in enumerate(self.sequence(node, path)):
            yield (*path, i), self.mapping(item, (*path, i), known)


def blank(node: Node) -> bool:
    """Whether a node is YAML's nothing: `~` or no text at all."""
    return isinstance(node, Scalar) and node.plain and node.value in {"", "~"}


def _name(path: Path) -> str:
    return f"“{path[-1]}”" if path and isinstance(path[-1], str) else "这里"
