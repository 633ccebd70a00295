"""The official forms."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.api.schemas.shapes import Schema, choice, flag, maybe, number, of, record, several, text
from build_tools.api.schemas.words import HREF, PAGE, WORD, YEAR

_VARIANTS = several("能认出来、但不算照格式印的写法。", WORD)
_ACCEPTED = several("同样算照格式印的写法。", WORD)


def form_schemas() -> Mapping[str, Schema]:
    """The schemas by name."""
    return {
        "FormEntry": _form_entry(),
        "Form": {"allOf": [of("FormEntry"), _form()]},
        "Section": _section(),
        "Table": _table(),
        "Block": _block(),
        "Column": _column(),
        "ColumnGroup": record("几栏上面的一个标题。", {"label": text("印的字。"), "columns": _columns()}),
        "Row": _row(),
        "Relation": _relation(),
        "Term": record(
            "关系里的一项。",
            {"id": text("行或栏的编号。"), "last": flag("取本单位上一年度报告里的。")},
        ),
        "Place": record("一个格子。", {"table": text("表。"), "row": text("行。"), "column": text("栏。")}),
    }


def _form_entry() -> Schema:
    keys = {
        "id": text("编号，报告里的 form 就是它。"),
        "slug": text("网址里用的编号。"),
        "name": text("名称。"),
        "first": _year("最早可以用于哪一年度；null 是不限。"),
        "obligatory": _year("从哪一年度起应当使用；null 是从来没有这样要求。"),
        "last": _year("最后用于哪一年度；null 是还在用。"),
        "href": HREF,
        "page": PAGE,
    }
    return record("列表里的一种格式。", keys)


def _year(about: str) -> Schema:
    return maybe({**YEAR, "description": about})


def _form() -> Schema:
    keys = {
        "instrument": text("依据的文件。"),
        "about": text("一两句说明。"),
        "expires": flag("过了 last 那一年度，还用它就算错。"),
        "free": flag("正文没有统一的几个部分，各写各的章节。"),
        "received": maybe(of("Place")),
        "leftovers": several("正则表达式：后来的报告里还有这些字，就是沿用了旧稿。", WORD),
        "sections": several("各部分，照次序。", of("Section")),
        "tables": several("各表，照次序。", of("Table")),
    }
    return record("一种格式，完整。", keys)


def _section() -> Schema:
    keys = {
        "id": text("编号。"),
        "key": text("报告文件里的键。"),
        "number": text("序号，如 一；引言没有。"),
        "heading": text("标题，不带序号；引言没有。"),
        "title": text("标题，照印。"),
        "variants": _VARIANTS,
        "table": maybe(text("这一部分里的表。")),
    }
    return record("格式的一个部分。", keys)


def _table() -> Schema:
    layouts = "stacked 几块上下叠放，grid 行乘栏，across 一行到底，list 一行一个指标。"
    keys = {
        "id": text("编号。"),
        "key": text("报告文件里的键。"),
        "name": text("叫法，如 表三。"),
        "title": text("表名。"),
        "layout": choice(layouts, "stacked", "grid", "across", "list"),
        "blocks": several("各块；每块有自己的栏。", of("Block")),
        "relations": several("数与数之间该有的关系。", of("Relation")),
    }
    return record("一张表。", keys)


def _block() -> Schema:
    keys = {
        "caption": text("块的标题；没有就是空。"),
        "stub": text("行名一栏的标题；没有就是空。"),
        "corner": text("左上角印的字；没有就是空。"),
        "columns": _columns(),
        "rows": several("行，照次序。", of("Row")),
    }
    return record("表的一块。", keys)


def _columns() -> Schema:
    return several("栏，照次序。", {"anyOf": [of("Column"), of("ColumnGroup")]})


def _column() -> Schema:
    keys = {
        "id": text("编号。"),
        "label": text("印的字。"),
        "accepted": _ACCEPTED,
        "variants": _VARIANTS,
        "signed": flag("增减数，可以是负的。"),
        "money": flag("金额。"),
        "unit": text("计量单位；没有印就是空。list 里写在行上。"),
        "decimals": maybe(number("要保留几位小数。")),
    }
    return record("放数的一栏。", keys)


def _row() -> Schema:
    keys = {
        "id": maybe(text("编号。")),
        "label": text("印的字。"),
        "keys": several("报告文件里从表往下，一路到这一行的键。", text("一个键。")),
        "accepted": _ACCEPTED,
        "variants": _VARIANTS,
        "law": text("依据的条文；没有就是空。"),
        "means": text("是什么意思，一两句话；没有就是空。"),
        "unit": text("计量单位；没有印就是空。"),
        "money": flag("金额。"),
        "unconfirmed": flag("名称还没有和官方原件核对。"),
        "rows": several("下面的行。", of("Row")),
    }
    return record("一行；只管下面几行、自己没有数的，id 是 null。", keys)


def _relation() -> Schema:
    ways = "columns：各项是行，每一栏里都成立；rows：各项是栏，每一行里都成立。"
    keys = {
        "rule": text("核对它的规则。"),
        "along": choice(ways, "columns", "rows"),
        "left": several("左边。", of("Term")),
        "sign": choice("等于，或不大于。", "=", "<="),
        "right": several("右边。", of("Term")),
        "only": several("只在这些栏（或行）里成立；空的是全部。", text("编号。")),
    }
    return record("左边各项之和等于（或不大于）右边各项之和。", keys)
