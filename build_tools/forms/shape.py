"""What a table form asks of a report file: which keys lead to which rows, and which words it prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from build_tools.form import Block, Column, ColumnGroup, Line, Row, TableForm

RowTree = dict[str, "Line | RowTree"]
"""Keys of a table in printed order, leading to rows with cells or, for groups of rows, further keys."""


def row_tree(table: TableForm) -> RowTree:
    """The keys below the table's own key."""
    tree: RowTree = {}
    for line in table.lines.values():
        *groups, last = line.row.keys
        here = tree
        for key in groups:
            here = cast("RowTree", here.setdefault(key, {}))  # a group's key is never a row's key
        here[last] = line
    return tree


def single(table: TableForm, line: Line) -> bool:
    """Whether the row's one cell stands by itself rather than in a list: in a plain list of indicators."""
    return len(line.columns) == 1 == len(table.blocks)


def example(key: str, expected: Line | RowTree) -> str:
    """How such a key is written with nothing filled in."""
    if isinstance(expected, dict):
        return f"{key}: 下面分行写 {'、'.join(expected)}"
    blanks = ["~"] * len(expected.columns)
    return f"{key}: {blanks[0] if len(blanks) == 1 else '[' + ', '.join(blanks) + ']'}"


def printed_labels(table: TableForm) -> tuple[str, ...]:
    """Every text the form prints in this table, once: captions, stubs, corner, headings, row labels."""
    return tuple(dict.fromkeys(text for block in table.blocks for text in _block_labels(block) if text))


def _block_labels(block: Block) -> Iterator[str]:
    yield from (block.caption, block.stub, block.corner)
    yield from _tree_labels(block.columns)
    yield from _tree_labels(block.rows)


def _tree_labels(nodes: tuple[Column | ColumnGroup, ...] | tuple[Row, ...]) -> Iterator[str]:
    for node in nodes:
        yield node.label
        if isinstance(node, ColumnGroup):
            yield from _tree_labels(node.columns)
        elif isinstance(node, Row):
            yield from _tree_labels(node.rows)
