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


class Sequence:
    """A list of nodes."""

    __slots__ = ("_items", "at")

    def __init__(self, items: list[Node], at: At) -> None:
        self._items, self.at = items, at

    @property
    def items(self) -> list[Node]:
        """The nodes in their order."""
        return self._items


class Figures(Sequence):
    """A list of plain whole numbers on one line, taken as the one `text` it is: [4, 0, 0].

    Most of a report is such rows, so their items are made only for who asks.
    """

    __slots__ = ("text",)

    def __init__(self, text: str, at: At) -> None:
        self.text, self.at = text, at

    @property
    def items(self) -> list[Node]:
        """The numbers with their places."""
        line, column = self.at[:2]
        made: list[Node] = []
        for value in self.text[1:-1].split(", "):
            start = column + 1
            made.append(Scalar(value, plain=True, at=(line, start, line, start + len(value))))
            column = start + len(value) + 1
        return made


@dataclass(slots=True)
class Mapping:
    """Key texts with their own places, and nodes."""

    items: dict[str, tuple[At, Node]]
    at: At


Node = Scalar | Sequence | Mapping
