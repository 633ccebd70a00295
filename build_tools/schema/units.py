"""The schema of unit.yml."""

from __future__ import annotations

from build_tools.schema.parts import (
    DIALECT,
    TEXT,
    Schema,
    choice,
    hover,
    mapping,
    says,
    sequence,
    text,
    texts,
    url,
)
from build_tools.units import KIN, kinds


def unit_schema() -> Schema:
    """The schema of unit.yml."""
    year = {
        "type": ["integer", "null"],
        "minimum": 1949,
        "maximum": 2100,
        **says("年份写四位数，如 2019；不知道写 ~。"),
    }
    former = mapping(
        "曾用名",
        "",
        {"名": text("名"), "自": {"title": "自", **year}, "至": {"title": "至", **year}},
        ["名"],
    )
    properties: dict[str, Schema] = {
        "名称": {**hover("名称", "单位现在的名称。"), "type": "string", **says("“名称”写单位现在的名称。")},
        "类别": choice("类别", "单位的类别。", kinds()),
        "主页": url("主页", "单位网站的网址；没有写 ~。"),
        "别名": texts("别名", "原件上印过的别的写法。"),
        "曾用名": sequence("曾用名", "从前的名称和用到哪一年。", former),
        "设立": {**hover("设立", "单位能报的第一个年度；一直都有、不知道的写 ~。"), **year},
        "前身": _kin(
            "前身", "并入本单位的单位的编号。", "哪一年度的报告起，它的事项算在本单位里；不知道写 ~。", year
        ),
        "后继": _kin(
            "后继", "撤并以后接替的单位的编号。", "哪一年度的报告起，由它代替本单位来报；不知道写 ~。", year
        ),
    }
    return {"$schema": DIALECT, **mapping("单位", "unit.yml：一个单位。", properties, ["名称", "类别"])}


def _kin(title: str, about: str, since: str, year: Schema) -> Schema:
    id_, from_year = KIN
    dated = mapping(title, about, {id_: text(id_), from_year: {**hover(from_year, since), **year}}, [id_])
    return sequence(title, about, {"anyOf": [{"title": id_, "type": TEXT}, dated]})
