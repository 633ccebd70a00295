"""report.json, which stands beside the page of each report."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.api.schemas.shapes import Schema, choice, flag, maybe, of, record, several, table, text
from build_tools.api.schemas.words import SCOPE, UNIT, WORD, YEAR
from build_tools.model import State

_STATES = "number 是数（零也是数），blank 是印空的，dash 是印横线的，na 是写“无”的，text 是别的字，missing 是副本里缺的。"


def report_schemas() -> Mapping[str, Schema]:
    """The schemas by name."""
    return {
        "Report": _report(),
        "Source": _source(),
        "ReportSection": _section(),
        "Cell": _cell(),
        "Number": {
            "description": "整数写成数；有小数的写成字，位数照印，如 3.2000。",
            "type": ["integer", "string"],
            "pattern": r"^-?[0-9]+(?:\.[0-9]+)?$",
        },
        "Finding": _finding(),
        "Unassessed": _unassessed(),
        "ExtraRow": record("一行。", {"label": text("印的行名。"), "values": several("印的各格。", WORD)}),
        "Figure": _figure(),
    }


def _report() -> Schema:
    keys = {
        "unit": UNIT,
        "year": YEAR,
        "form": text("格式；几张表格式不同的，是主要的那一种。"),
        "title": text("标题，照印。"),
        "published": maybe(text("公布日期，如 2021-01-31；不知道就是 null。")),
        "scope": SCOPE,
        "source": of("Source"),
        "sections": several("正文各部分；原件没有的不列。", of("ReportSection")),
        "tables": table("表、行、栏，三层编号，见格式的文件。", table("行。", table("栏。", of("Cell")))),
        "findings": several("核对的结果。", of("Finding")),
        "unassessed": several("没法核对的关系。", of("Unassessed")),
    }
    return record("一份报告，照录；只在它的网页旁边，api/ 里不另存。", keys, _otherwise())


def _otherwise() -> Mapping[str, Schema]:
    printed = "格式的写法: 印的写法；没有印的是 null。"
    return {
        "table_forms": table("几张表格式不同时才有：每张表的格式。", text("格式的编号。")),
        "headings": table(f"标题印得和格式不同时才有。{printed}", maybe(WORD)),
        "printed_unit": text("印的单位名称和档案里的不同时才有。"),
        "labels": table(f"表里的字印得和格式不同时才有，按表。{printed}", table("一张表。", maybe(WORD))),
        "extra": table("印了格式里没有的行时才有，按表。", several("行。", of("ExtraRow"))),
        "figures": several("没有统一格式的报告才有：从正文里摘出的数。", of("Figure")),
    }


def _source() -> Schema:
    keys = {
        "file": maybe(text("文件名，在 source/ 里。")),
        "sha256": maybe(text("原件的 SHA-256。")),
        "url": maybe(text("公布的网址。")),
        "captured": maybe(text("取得的日期。")),
        "method": maybe(text("怎样抄录的。")),
        "note": maybe(text("抄录说明。")),
    }
    return record("原件从哪里来；不知道的是 null。", keys)


def _section() -> Schema:
    block = {
        "type": "array",
        "prefixItems": [choice("p 是段，h 是小标题。", "p", "h"), text("去掉标记的文字。")],
        "items": False,
    }
    keys = {
        "id": text("编号；没有统一格式的报告，依次是 s1、s2。"),
        "heading": maybe(text("标题，照印；没印就是 null，本来没有的是空。")),
        "markdown": text("文字，Markdown。"),
    }
    return record("正文的一部分。", keys, {"blocks": several("带标记的文字才有：一段一段。", block)})


def _cell() -> Schema:
    keys = {
        "raw": text("印的字；空的和缺的没有字。"),
        "value": maybe(of("Number")),
        "state": choice(_STATES, *State),
    }
    return record("一格。", keys, {"unit": text("格子里写着的计量单位。")})


def _finding() -> Schema:
    keys = {
        "rule": text("规则的编号。"),
        "severity": choice("有误、存疑、给编辑的提示。", "error", "warning", "info"),
        "path": text("位置，如 申请/新收/总计；整份的是 全文。"),
        "message": text("说明。"),
        "waived": maybe(text("确认原文如此的理由；没有确认就是 null。")),
    }
    return record("一条核对的结果。", keys)


def _unassessed() -> Schema:
    keys = {
        "rule": text("规则的编号。"),
        "path": text("位置。"),
        "reason": text("为什么。"),
        "blanks": flag("把空白当作没有，就正好对得上。"),
    }
    return record("一条没法核对的关系。", keys)


def _figure() -> Schema:
    keys = {
        "name": text("叫法。"),
        "value": text("数。"),
        "unit": maybe(text("计量单位。")),
        "quote": maybe(text("原句。")),
    }
    return record("一个数。", keys)
