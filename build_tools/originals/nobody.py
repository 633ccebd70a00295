"""Names in the properties of files that are no person's: of programs, machines, accounts and offices."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import cast

from build_tools.source import plain


def nobody(name: str) -> bool:
    """Whether a name names no person. What is not known to be such a name is taken for a person's."""
    bare = re.sub(r"[\s._\-]+", "", unicodedata.normalize("NFKC", name)).casefold()
    lists = _lists()
    return (
        not any(char.isalpha() for char in bare)
        or bare.rstrip("0123456789") in lists["names"]
        or any(word in bare for word in lists["contain"])
        or bare.endswith(tuple(lists["end"]))
    )


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("nobody.yml").read_text(encoding="utf-8")
    return {key: frozenset(words) for key, words in cast("dict[str, list[str]]", plain(text)).items()}
