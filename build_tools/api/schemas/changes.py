"""The changes of the archive by month: the schemas are those of the history, which writes these files."""

from __future__ import annotations

import json
from collections.abc import Mapping

from build_tools.api.schemas.shapes import Schema
from build_tools.history import schema


def change_schemas() -> Mapping[str, Schema]:
    """The schemas by name; they refer to each other as the description has it."""
    found: dict[str, Schema] = json.loads(json.dumps(schema()).replace('"#/', '"#/components/schemas/'))
    return found
