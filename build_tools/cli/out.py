"""What people are shown. The only module that prints."""

from __future__ import annotations

import os
import sys

from build_tools.diagnostics.glyphs import safe
from build_tools.privacy import masked


def say(line: str) -> None:
    """A line of what was asked for."""
    print(masked(line))


def show(text: str) -> None:
    """A text of several lines, as it is."""
    print(text, end="")


def complain(message: str) -> None:
    """Why something could not be done."""
    print(safe(masked(message), keep="\n"), file=sys.stderr)


def colourful() -> bool:
    """Whether whoever reads can see colours and wants them."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
