"""Entries of a report file as little YAML snippets, the way editors write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from build_tools.diagnostics.glyphs import safe
from build_tools.source.scalars import NOTHING, written

Data = str | list["Data"] | dict[str, "Data"]
"""What a case file holds: texts, lists, mappings."""


def nested(entries: Mapping[str, Data]) -> dict[str, Data]:
    """Entries by path (申请/新收) as the tree they stand in. A path through a list stays in one piece."""
    tree: dict[str, Data] = {}
    for path, value in entries.items():
        *way, last = [path] if re.search(r"/\d+(/|$)", path) else path.split("/")
        here = tree
        for step in way:
            below = here.setdefault(step, {})
            here = below if isinstance(below, dict) else here
        here[last] = value
    return tree


def snippet(data: Mapping[str, Data], depth: int = 0) -> str:
    """A mapping as YAML, one entry a line."""
    return "\n".join(_entries(data, depth))


def _entries(data: Mapping[str, Data], depth: int) -> Iterator[str]:
    for key, value in data.items():
        head = f"{'  ' * depth}{written(key)}:"
        if isinstance(value, dict) and value:
            yield head
            yield from _entries(value, depth + 1)
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield head
            yield from (f"{'  ' * (depth + 1)}- {flow(item)}" for item in value)
        elif isinstance(value, str) and "\n" in value.strip("\n"):
            yield f"{head} |"
            yield from (
                f"{'  ' * (depth + 1)}{safe(line)}".rstrip() for line in value.strip("\n").split("\n")
            )
        else:
            yield f"{head} {_value(value)}"


def _value(value: Data) -> str:
    return flow(value) if not isinstance(value, str) or value == NOTHING else written(value)


def flow(value: Data) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(text: str) -> str:
    return text if text == NOTHING else written(text, flow=True)


def fence(code: str, language: str = "yaml") -> str:
    """A code block that nothing in `code` can end."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks} {language}\n{code}\n{marks}"
