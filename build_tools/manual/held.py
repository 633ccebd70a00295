"""What the archive promises of itself and every build holds, as the manual tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from build_tools.source import plain


@dataclass(frozen=True, slots=True)
class Held:
    """A promise, and what it is held by."""

    promise: str
    means: str


@cache
def held() -> Mapping[str, Held]:
    """The promises, by their ids in the catalogue of rules."""
    text = files("build_tools.manual").joinpath("held.yml").read_text(encoding="utf-8")
    return {id_: Held(**entry) for id_, entry in cast("Mapping[str, Mapping[str, str]]", plain(text)).items()}
