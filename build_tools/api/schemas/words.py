"""Keys that several documents have, each explained once."""

from __future__ import annotations

from build_tools.api.schemas.shapes import address, choice, number, text

PAGE = address("给人看的网页。")
HREF = address("它自己的 JSON 文件。")
YEAR = number("报告年度：2020 年度的报告是 2021 年公布的，这里写 2020。")
CODE = text("行政区划代码：省 2 位，市 4 位，县 6 位。", pattern="^(?:[0-9]{2}|[0-9]{4}|[0-9]{6})$")
UNIT = text("单位编号。", pattern="^[0-9]{6}(?:[0-9]{3}|(?:-[a-z0-9]+)+)?$")
NAME = text("名称。")
WORD = text("一个写法。")
UNITS = number("单位的个数。")
REPORTS = number("报告的份数。")
SCOPE = choice("self 是本单位自己的，aggregated 是本级政府汇总的。", "self", "aggregated")
KIND = {
    "kind": text("单位的类别：镇、街道、县级部门等。"),
    "level": text("单位的级别：国家、省级、地级、县级、乡级。"),
}
