"""Telling what is private in a report without showing it."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.privacy import masked
from build_tools.private import Kind
from build_tools.rules.view import Private, View


def told(view: View, hint: str, *kinds: Kind, doubtful: Kind | None = None) -> Iterator[Problem]:
    """A problem for each of these kinds, masked; weak where it is doubtful or the unit's own to be called."""
    for found in view.private:
        secret = found.secret
        if secret.kind in kinds:
            message = f"这里有{secret.kind}“{shown(found)}”"
            words = (secret.start, secret.end)
            yield Problem(
                found.path, message, hint, weak=secret.office or secret.kind is doubtful, words=words
            )


def shown(found: Private) -> str:
    """The words that are private, masked."""
    return masked(found.text)[found.secret.start : found.secret.end]
