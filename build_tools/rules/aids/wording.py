"""The words in which rules tell what they found in tables, as templates: the rules fill them in, and so does a browser.

They reach the form page as data, so that no message is written twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from build_tools.form import PLACE

FAILS = "{place}：{left}，{word} {right}，差 {difference}"
"""A relation that does not hold, with both sides written out."""

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "place": PLACE,
        # the sides of a relation: Name 4 + name 0 = 4
        "last": "上年度报告的{name}",
        "nought": "各项都是 0",
        "sum": " = {sum}",
        "unread": "（另有 {count} 格不是数字）",
        "lost": "（缺）",
        "empty": "（空白）",
        "quoted": "“{raw}”",
        "figure": " {value}",
        # what became of it
        "fails": FAILS,
        "equal": "应等于",
        "most": "应不大于",
        "unknown": "{place}：有的格不是数字，无法核对",
        "unwanted": "{place}：不是数字，无法核对",
        "blanks": "{place}：把空白当作没有，正好对得上",
        "total": "{place}：前面填了数，和是 {sum}，总计却是{figure}",
        # single cells
        "int": "{place}：写的是“{raw}”，{fault}",
        "int_sign": "这一栏不带正负号",
        "int_whole": "应是整数",
        "text": "{place}：写的是“{raw}”，应是数字{seen}",
        "text_seen": "（看来是 {number}）",
        "missing": "{table}有 {count} 格在副本里丢了：{cells}",
        "blank": "{table}有 {count} 格没有填数（共 {all} 格）：{cells}",
        "cells": "「{row}」{columns}",
        "cells_more": "等",
    }
)
"""By name what is said, with the values to be put in between braces."""


def say(name: str, /, **values: object) -> str:
    """What is said under a name, with its values."""
    return WORDS[name].format(**values)
