"""The API's own description, in OpenAPI 3.1; its schemas are those of schemas.py.

The promise: within v1 a key is never taken away and never changes its meaning, nor does a file its address. What is
added raises the second number of the version.
"""

from __future__ import annotations

import re
from typing import Any

from build_tools.api.addresses import (
    CHANGES,
    INDEX,
    INDICATORS,
    OPENAPI,
    REGIONS,
    REPORT,
    region_file,
    unit_file,
)
from build_tools.api.schemas import schemas
from build_tools.api.schemas.shapes import of

VERSION = "1.2"

_ABOUT = """\
各级行政机关历年政府信息公开工作年度报告，照录。全部是现成的文件，没有服务器程序，不用登记，不用密钥。
文件里的链接都是相对的，相对于写着它的那个文件。
同一个 v1 里，键和网址只增加，不去掉，意思也不改；读的时候请放过不认识的键。
"""
_HERE = "../v1"  # from this very file; without a slash at the end, as a path is put behind it
_UNITS = "../../units"
_FORMER = {"Unit": "MovedUnit"}
"""What may stand in the place of a document when what it told of has moved."""

_PARAMETERS = {
    "month": "年和月，如 2026-11，见 changes/index.json。",
    "form": "格式在网址里的编号，见 index.json 里 forms 的 slug。",
    "region": "行政区划代码：省 2 位，市 4 位，县 6 位。",
    "unit": "单位编号，如 330411103。",
    "year": "报告年度，如 2020。",
}


def description() -> dict[str, Any]:
    """The document at openapi.json."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "政府信息公开年报档案",
            "version": VERSION,
            "description": _ABOUT,
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": _HERE}],
        "paths": dict(
            [
                _path(INDEX, "入口", "Index"),
                _path(REGIONS, "各省", "Regions"),
                _path(region_file("{region}"), "一个省、市或县", "Region"),
                _path(unit_file("{unit}"), "一个单位；移走了的，写明移到哪里", "Unit"),
                _path("{unit}/{year}/" + REPORT, "一份报告", "Report", _UNITS),
                _path("forms/{form}.json", "一种格式", "Form"),
                _path(INDICATORS, "指标的定义", "Indicators"),
                _path(CHANGES, "有改动的月份", "Changes"),
                _path("changes/{month}.jsonl", "一个月的改动，一行一次", "Change", kind="application/jsonl"),
                _path(OPENAPI, "本说明", ""),
            ]
        ),
        "components": {"schemas": schemas()},
    }


def _path(
    file: str, summary: str, schema: str, server: str = "", kind: str = "application/json"
) -> tuple[str, dict[str, Any]]:
    names = re.findall(r"\{(\w+)\}", file)
    found = of(schema) if schema else {"type": "object"}
    if schema in _FORMER:
        found = {"anyOf": [found, of(_FORMER[schema])]}
    content = {kind: {"schema": found}}
    answers = {
        "200": {"description": summary, "content": content},
        "404": {"description": "没有这个文件：编号或年度不对，或者尚未收录。"},
    }
    item: dict[str, Any] = {
        "get": {"summary": summary, "operationId": f"get{schema or 'Description'}", "responses": answers},
    }
    if names:
        item["parameters"] = [_parameter(name) for name in names]
    if server:
        item["servers"] = [{"url": server}]
    return f"/{file}", item


def _parameter(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": _PARAMETERS[name],
        "schema": {"type": "string"},
    }
