"""The few shapes that the JSON Schemas of the API's documents are put together from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]
"""A JSON Schema, or a part of one; it goes nowhere but into a file."""


def record(about: str, keys: Mapping[str, Schema], sometimes: Mapping[str, Schema] | None = None) -> Schema:
    """An object that has all of `keys`, and `sometimes` of these. Others may come with time."""
    rest = sometimes or {}
    return {
        "type": "object",
        "description": about,
        "properties": {**keys, **rest},
        "required": list(keys),
    }


def table(about: str, of: Schema) -> Schema:
    """An object whose keys are ids, each leading to the same sort of value."""
    return {"type": "object", "description": about, "additionalProperties": of}


def several(about: str, of: Schema) -> Schema:
    """A list."""
    return {"type": "array", "description": about, "items": of}


def text(about: str, **more: object) -> Schema:
    """A text."""
    return {"type": "string", "description": about, **more}


def number(about: str) -> Schema:
    """A whole number."""
    return {"type": "integer", "description": about}


def flag(about: str) -> Schema:
    """Yes or no."""
    return {"type": "boolean", "description": about}


def choice(about: str, *values: str) -> Schema:
    """One of some words."""
    return {"type": "string", "description": about, "enum": list(values)}


def address(about: str) -> Schema:
    """An address, relative to the file it stands in."""
    return {"type": "string", "format": "uri-reference", "description": about}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    if "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    values = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **values}


def of(name: str) -> Schema:
    """A schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}
