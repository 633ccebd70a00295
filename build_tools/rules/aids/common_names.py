"""Names that more than one township of the country bears, from the register of streets and townships."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def common_names() -> Mapping[str, int]:
    """Each such name with the number of its bearers."""
    text = files(__package__).joinpath("common_names.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["name"]: int(row["count"]) for row in csv.DictReader(text.splitlines())})
