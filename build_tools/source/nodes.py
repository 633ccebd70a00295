"""What a YAML text is read into: texts, lists and mappings that know their places."""

from __future__ import annotations

from dataclasses import dataclass

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
