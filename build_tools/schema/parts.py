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
    """A mapping that has these keys and no others.

    A key that is misspelt is one fault, not two: what is missing is told where all keys are known.
    """
    missing = [{"required": [key], **says(f"缺“{key}”这一项。")} for key in required]
    known = {"propertyNames": {"enum": list(properties)}}
    return {
        **hover(title, about),
        "type": "object",
        **says(f"这里可以写的是：{'、'.join(properties)}。"),
        "additionalProperties": False,
        "properties": dict(properties),
        **({"if": known, "then": {"allOf": missing}} if missing else {}),
    }


def says(message: str) -> Schema:
    """What editors say where a value is not as it should be, in place of words of their own in a language of theirs."""
    return {"errorMessage": message}


def choice(title: str, about: str, values: Iterable[object]) -> Schema:
    """One of some values."""
    among = list(values)
    names = dict.fromkeys("~" if value is None else str(value) for value in among)
    return {**hover(title, about), "enum": among, **says(f"这里可以写的是：{'、'.join(names)}。")}


def hover(title: str, about: str = "") -> Schema:
    """What editors show when the mouse rests on a key; plain for those that cannot do Markdown."""
    text = {"description": about, "markdownDescription": about.replace("\n", "\n\n")} if about else {}
    return {"title": title, **text}


def text(title: str, about: str = "", **more: object) -> Schema:
    """A text, or nothing."""
    return {**hover(title, about), "type": TEXT, **says(f"“{title}”写文字或数；没有就写 ~。"), **more}


def sequence(title: str, about: str, item: Schema) -> Schema:
    """A list, or nothing."""
    one_each = says(f"“{title}”一项一行，每行以“- ”开头；没有就省去。")
    return {**hover(title, about), "type": ["array", "null"], **one_each, "items": item}


def texts(title: str, about: str) -> Schema:
    """A list of texts, or nothing."""
    return sequence(title, about, {"type": TEXT})


def form_ids(id_: str) -> list[str | int]:
    """A form's id as readers of YAML may take it."""
    return [int(id_), id_] if id_.isdecimal() else [id_]


def patterned(title: str, about: str, pattern: str, message: str, *examples: str) -> Schema:
    """A text of one shape, or nothing."""
    shown = {"examples": list(examples)} if examples else {}
    return {**hover(title, about), "type": ["string", "null"], "pattern": pattern, **shown, **says(message)}


def date(title: str, about: str) -> Schema:
    """A day written year-month-day, or nothing."""
    return patterned(title, about, DATE, "日期写成 2021-01-31；不知道写 ~。", "2021-01-31")


def url(title: str, about: str) -> Schema:
    """An address, or nothing."""
    message = "网址以 http:// 或 https:// 开头；没有写 ~。"
    return patterned(title, about, URL, message, "https://www.example.gov.cn/")


def cell(title: str, about: str = "") -> Schema:
    """One cell of a table."""
    return {**hover(title, about), "type": CELL, **says("一格写一个数，或照印的文字；空白写 ~。")}
