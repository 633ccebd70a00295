"""Whose site an address leads to."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import cast

from build_tools.source import plain

_HOST = re.compile(r"(https?)://([^\s/?#@:\\]{1,253})(?::[0-9]{1,5})?(?=[/?#]|$)", re.IGNORECASE)


def host(address: str) -> str:
    """The host of an address on the web, in small letters; empty for anything else, and for one that names a person too."""
    match = _HOST.match(address)
    return match[2].lower().rstrip(".") if match else ""


def of_government(name: str) -> bool:
    """Whether a host is a government's."""
    return f".{name}".endswith(_endings())


@cache
def _endings() -> tuple[str, ...]:
    text = files(__package__).joinpath("hosts.yml").read_text(encoding="utf-8")
    return tuple(f".{ending}" for ending in cast("dict[str, list[str]]", plain(text))["government"])
