"""The project's own data files -> texts, lists and dicts."""

from __future__ import annotations

from build_tools.source.nodes import Node, Scalar, Sequence
from build_tools.source.parsing import parse

Plain = str | list["Plain"] | dict[str, "Plain"]


def plain(text: str) -> Plain:
    """Read one of the project's own data files into texts, lists and dicts; raise ValueError if it is bad.

    Comments, and scalars that readers bend, are no matter here: the caller gives each its type.
    """
    source = parse(text)
    harmless = {"YAML-SCALAR", "YAML-COMMENT"}
    faults = [f"{p.at}: {p.message}" for p in source.problems if p.rule not in harmless]
    if faults or source.root is None:
        raise ValueError("; ".join(faults) or "empty file")
    return _strip(source.root)


def _strip(node: Node) -> Plain:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [_strip(item) for item in node.items]
    return {key: _strip(item) for key, (_, item) in node.items.items()}
