"""What stops a build: errors in the archive that nobody has acknowledged."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.diagnostics.text import text
from build_tools.finding import Finding
from build_tools.stopped import StoppedError
from build_tools.store import Store

_TOLD = 200  # findings printed when a build stops; more would only scroll by


class BadReportsError(StoppedError):
    """The archive has errors that nobody has acknowledged; the message lists them with their places."""


def told(store: Store, errors: Sequence[Finding]) -> str:
    """Errors as people read them, with the lines they are in; the first of them if they are very many."""
    shown = text(*store.shown(sorted(errors)[:_TOLD]))
    more = len(errors) - _TOLD
    return shown if more <= 0 else f"{shown}另有 {more} 个错误没有列出；运行 make check 看全部。\n"
