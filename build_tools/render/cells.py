"""The cells of tables of indicators, for templates: drawn once and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from build_tools.render.engine import Macro, kept


@dataclass(frozen=True, slots=True)
class Cells:
    """How an indicator is named, a value, a row of values, a sum, and how numbers are spread."""

    head: Macro
    value: Macro
    row: Macro
    sum: Macro
    spread: Macro


@cache
def cells() -> Cells:
    """The cells as values.html.jinja and charts.html.jinja draw them."""
    head, value, row, total = (kept("values.html.jinja", name) for name in ("head", "value", "row", "sum"))
    return Cells(head, value, row, total, kept("charts.html.jinja", "spread"))
