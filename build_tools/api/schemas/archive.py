"""Index, regions, units and indicators."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.api.schemas.shapes import (
    Schema,
    address,
    choice,
    flag,
    maybe,
    number,
    of,
    record,
    several,
    table,
    text,
)
from build_tools.api.schemas.words import CODE, HREF, KIND, NAME, PAGE, REPORTS, SCOPE, UNIT, UNITS, YEAR
from build_tools.model import State


def archive_schemas() -> Mapping[str, Schema]:
    """The schemas by name."""
    return {
        "Index": _index(),
        "Regions": record("全部省份。", {"regions": several("按代码排。", of("RegionEntry"))}),
        "RegionEntry": _region_entry(),
        "Region": _region(),
        "List": _list(),
        "Above": record("上一级的地区。", {"code": CODE, "name": NAME, "href": HREF}),
        "Counts": record("收录多少。", {"units": UNITS, "reports": REPORTS}),
        "UnitEntry": _unit_entry(),
        "Unit": _unit(),
        "MovedUnit": _moved_unit(),
        "UnitReport": _unit_report(),
        "Withdrawn": _withdrawn(),
        "FormerName": record(
            "一个曾用名；不知道的年份是 null。",
            {"name": NAME, "from": maybe(number("从哪一年。")), "to": maybe(number("到哪一年。"))},
        ),
        "Kin": _kin(),
        "Indicators": record("指标：可以逐年、逐单位比较的数。", {"groups": several("分组。", of("Group"))}),
        "Group": _group(),
        "Indicator": _indicator(),
        "Reading": _reading(),
    }


def _index() -> Schema:
    year = {"year": YEAR, "reports": REPORTS, "page": PAGE}
    templates = {
        "region": text("一个地区。"),
        "unit": text("一个单位。"),
        "report": text("一份报告。"),
    }
    keys = {
        "version": text("接口的版本：有所增加，小数点后的数就大一。"),
        "counts": of("Counts"),
        "years": several("有报告的年度，由远到近。", record("一个年度。", year)),
        "forms": several("全部格式。", of("FormEntry")),
        "regions": address("各省的列表。"),
        "indicators": address("指标的定义。"),
        "openapi": address("本接口的 OpenAPI 说明。"),
        "changes": maybe(address("各月的改动；做网站的时候没有要的，是 null。")),
        "data": address("整批下载的网页。"),
        "page": address("本接口的说明页。"),
        "templates": record("花括号里填上编号、年度，就是那个文件的地址。", templates),
    }
    return record("入口：收录多少、有哪些年度和格式、到别处的链接。报告再多也只有这么大。", keys)


def _region_entry() -> Schema:
    keys = {"code": CODE, "name": NAME, "units": UNITS, "reports": REPORTS}
    return record(
        "列表里的一个地区；什么也没收录的，没有自己的文件和网页。",
        {**keys, "href": maybe(HREF), "page": maybe(PAGE)},
    )


def _region() -> Schema:
    keys = {
        "code": CODE,
        "name": NAME,
        "level": choice("省、市还是县。", "province", "prefecture", "county"),
        "above": several("它在哪里：从省开始。", of("Above")),
        "counts": of("Counts"),
        "page": PAGE,
        "lists": several("对照应公开名单，由远到近；没有名单的年度不在里面。", of("List")),
    }
    below = {
        "regions": several("它下面的市、县。", of("RegionEntry")),
        "units": several("它的单位。", of("UnitEntry")),
    }
    return record("一个地区：省、市有 regions，县有 units。", keys, below)


def _list() -> Schema:
    keys = {
        "year": YEAR,
        "lists": number("有几个县有这一年的名单。"),
        "units": number("名单上的单位。"),
        "reports": number("其中档案里有报告的。"),
        "on_time": number("其中注明的公布日期没有过期限的。"),
        "late": number("其中注明的公布日期过了期限的。"),
        "missing": number("期限已过，档案里没有报告的；可能在别处公布过。"),
    }
    return record("一个年度，名单上的单位各有几份；日期不明的是 reports 减去 on_time 和 late。", keys)


def _unit_entry() -> Schema:
    years = several("收录的年度，由远到近。", YEAR)
    return record(
        "列表里的一个单位。", {"id": UNIT, "name": NAME, **KIND, "years": years, "href": HREF, "page": PAGE}
    )


def _unit() -> Schema:
    keys = {
        "id": UNIT,
        "name": text("现在的名称。"),
        **KIND,
        "homepage": maybe(text("单位的网站。")),
        "aliases": several("别的写法。", NAME),
        "former_names": several("曾用名。", of("FormerName")),
        "begun": {**maybe(YEAR), "description": "设立：能报的第一个年度；null 是一直都有或不知道。"},
        "predecessors": several("前身。", of("Kin")),
        "successors": several("后继。", of("Kin")),
        "withdrawn": several("撤下了的报告。", of("Withdrawn")),
        "page": PAGE,
        "above": several("它在哪里：从省到县。", of("Above")),
        "reports": several("收录的报告，年度由远到近。", of("UnitReport")),
    }
    return record("一个单位：名称、沿革、所在地、历年的报告和指标。", keys)


def _moved_unit() -> Schema:
    keys = {
        "id": UNIT,
        "moved_to": text(
            "现在的编号。有这个键的文件，是移走了的单位在旧网址上的；单位自己的文件没有这个键。"
        ),
        "date": text("移走的日期，如 2026-11-28。"),
        "reason": text("为什么。"),
        "href": address("它现在的 JSON 文件，报告从那里读。"),
        "page": PAGE,
    }
    return record("一个编号登记错了、已经移走的单位：只写明移到哪里。", keys)


def _unit_report() -> Schema:
    numbers = {"errors": number("有误。"), "warnings": number("存疑。"), "waived": number("原文如此。")}
    keys = {
        "year": YEAR,
        "title": text("标题，照印。"),
        "form": text("格式的编号。"),
        "scope": SCOPE,
        "published": maybe(text("公布日期；不知道就是 null。")),
        "requests": maybe(number("本年新收的申请；表里没有这个数就是 null。")),
        "findings": record("核对的结果各有几条。", numbers),
        "href": HREF,
        "page": PAGE,
        "indicators": table("各指标，按编号；这份报告的表里没有的是 null。", maybe(of("Reading"))),
    }
    return record("单位的一份报告。", keys)


def _withdrawn() -> Schema:
    keys = {
        "year": YEAR,
        "date": text("撤下的日期，如 2026-11-28。"),
        "reason": text("为什么。"),
        "asked_by": text("哪个机关提出的。"),
        "page": PAGE,
    }
    return record("一份撤下了的报告；原来的网页说明此事，别的都不再提供。", keys)


def _kin() -> Schema:
    keys = {
        "id": UNIT,
        "year": maybe(number("从哪一年度的报告起；不知道就是 null。")),
        "href": maybe(address("它的文件；档案里没有它就是 null。")),
    }
    return record("并入本单位的，或接替本单位的。", keys)


def _group() -> Schema:
    keys = {"id": text("编号。"), "label": text("叫法。"), "indicators": several("指标。", of("Indicator"))}
    return record("一组指标。", keys)


def _indicator() -> Schema:
    ways = several("由哪些格子相加；依次试，用第一组齐全的。", several("格子。", of("Place")))
    keys = {
        "id": text("编号。"),
        "label": text("叫法。"),
        "unit": text("计量单位。"),
        "same": flag("在各种格式里意思一样，可以跨格式比较。"),
        "ways": ways,
    }
    return record("一个指标。", keys)


def _reading() -> Schema:
    keys = {
        "state": choice("格子里是什么；相加的，是第一个不是数的格子。", *State),
        "value": maybe(of("Number")),
        "raw": text("印的字；相加的，是得数。"),
        "form": text("那张表的格式。"),
        "way": number("用的是 ways 里第几组，从 0 数起。"),
    }
    return record("一份报告里的一个指标。", keys)
