"""The ways in which a review can be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from build_tools.review.markdown import markdown
from build_tools.review.plain import plain
from build_tools.review.words import Block

FORMATS: Mapping[str, Callable[[Iterable[Block]], str]] = MappingProxyType({"md": markdown, "text": plain})
"""The formats by the names they have on the command line; the first is the usual one."""
