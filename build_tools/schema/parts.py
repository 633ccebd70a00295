"""The few shapes that the JSON Schemas of report and unit files are put together from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]
"""A JSON Schema, or a part of one; it goes nowhere but into a file."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CELL = ["integer", "number", "string", "null"]
TEXT = ["string", "number", "null"]
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
URL = r"^https?://"


def mapping(title: str, about: str, properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    """A mapping that has these keys and no others."""
    needed = list(required)
    return {
        **hover(title, about),
        "type": "object",
        "additionalProperties": False,
        "properties": dict(properties),
        **({"required": needed} if needed else {}),
    }


def hover(title: str, about: str = "") -> Schema:
    """What editors show when the mouse rests on a key; plain for those that cannot do Markdown."""
    text = {"description": about, "markdownDescription": about.replace("\n", "\n\n")} if about else {}
    return {"title": title, **text}


def text(title: str, about: str = "", **more: object) -> Schema:
    """A text, or nothing."""
    return {**hover(title, about), "type": TEXT, **more}


def sequence(title: str, about: str, item: Schema) -> Schema:
    """A list, or nothing."""
    return {**hover(title, about), "type": ["array", "null"], "items": item}


def texts(title: str, about: str) -> Schema:
    """A list of texts, or nothing."""
    return sequence(title, about, {"type": TEXT})


def form_ids(id_: str) -> list[str | int]:
    """A form's id as readers of YAML may take it."""
    return [int(id_), id_] if id_.isdecimal() else [id_]


def date(title: str, about: str) -> Schema:
    """A day written year-month-day, or nothing."""
    return {**hover(title, about), "type": ["string", "null"], "pattern": DATE}
