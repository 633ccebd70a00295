"""Telling what is private in a report without showing it."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.model import Path
from build_tools.privacy import masked
from build_tools.private import Kind
from build_tools.rules.view import Private, View

HINT = "抄录时把它换成“（略）”，网上的原件也有的，请告知发布单位；存档的原件里有的，原件不要提交。"
"""What to do about most of it."""


def told(view: View, hint: str, *kinds: Kind, doubtful: Kind | None = None) -> Iterator[Problem]:
    """A problem for the first of these kinds in each text, masked, and how many more there are.

    Those that are doubtful, or the unit's own to be called, are weak and told apart.
    """
    groups: dict[tuple[Path, bool], list[Private]] = {}
    for found in view.private:
        if found.secret.kind in kinds:
            weak = found.secret.office or found.secret.kind is doubtful
            groups.setdefault((found.path, weak), []).append(found)
    for (path, weak), (first, *more) in groups.items():
        many = f"，共 {len(more) + 1} 处" if more else ""
        words = (first.secret.start, first.secret.end)
        message = f"这里有{first.secret.kind}“{shown(first)}”{many}"
        yield Problem(path, message, hint, weak=weak, words=words)


def shown(found: Private) -> str:
    """The words that are private, masked."""
    return masked(found.text)[found.secret.start : found.secret.end]
