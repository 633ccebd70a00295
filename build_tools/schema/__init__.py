"""Forms -> JSON Schemas, by which editors complete keys and explain them while a report is filled in.

They serve people who type; what they cannot say is left to `nianbao check`. Keywords are those that draft-07
and 2020-12 share, except `prefixItems`, which older editors pass over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from build_tools.decode import AGGREGATED, HEADINGS
from build_tools.decode.apparatus import FIGURE
from build_tools.form import Column, Form, Line, TableForm
from build_tools.forms import official
from build_tools.forms.shape import RowTree, printed_labels, row_tree, single
from build_tools.glossary import entry
from build_tools.schema.apparatus import origin, waiver
from build_tools.schema.parts import (
    DIALECT,
    Schema,
    cell,
    choice,
    date,
    form_ids,
    hover,
    mapping,
    says,
    sequence,
    text,
    texts,
)
from build_tools.schema.parts import TEXT as TEXT
from build_tools.schema.units import unit_schema

_FOLDER = "build_tools/schema"
_Others = Mapping[str, Mapping[str, TableForm]]


def files() -> Mapping[str, str]:
    """Every schema file: path from the top of the repository -> text."""
    forms = official()
    found = {form.slug: schema(form, forms) for form in forms.values()} | {"unit": unit_schema()}
    return MappingProxyType(
        {
            f"{_FOLDER}/{name}.json": json.dumps(found[name], ensure_ascii=False, indent=1) + "\n"
            for name in sorted(found)
        }
    )


def schema(form: Form, forms: Mapping[str, Form] | None = None) -> Schema:
    """The schema of report files in `form`; `forms` are those its tables may be mixed with."""
    others = _others(form, official() if forms is None else forms)
    tables = {table.key: _table(table) for table in form.tables.values()}
    mixed = {table.key: _any_table(table) for table, _ in _different(form, others)}
    properties = {**_head(form, others), **tables, **mixed, **_tail(form, others)}
    conditions = [
        _when(table.key, {id_: _table(other) for id_, other in found.items()}, tables[table.key])
        for table, found in _different(form, others)
    ]
    whole = mapping(form.name, form.about, properties, ["格式", "标题", "来源", *tables])
    return {"$schema": DIALECT, **whole, **({"allOf": conditions} if conditions else {})}


# --- tables ------------------------------------------------------------------------------------------


def _table(table: TableForm) -> Schema:
    about = f"{table.name}。原件没印的格写 ~，我们的副本里丢了的格写 缺，不要补 0。"
    return _group(table.title, about, row_tree(table), table)


def _group(title: str, about: str, tree: RowTree, table: TableForm) -> Schema:
    rows = {
        key: _row(below, table) if isinstance(below, Line) else _group(key, table.title, below, table)
        for key, below in tree.items()
    }
    return mapping(title, about, rows, rows)


def _row(line: Line, table: TableForm) -> Schema:
    row, told = line.row, entry(table, line.row.id)
    notes = [
        f"依据：{told.law}" if told and told.law else "",
        f"单位：{row.unit}" if row.unit else "",
        "指标名称待核" if row.unconfirmed else "",
    ]
    about = "\n".join(note for note in [*notes, "" if single(table, line) else _columns(line)] if note)
    if single(table, line):
        return cell(row.label, about)
    blanks = ", ".join(["~"] * len(line.columns))
    count = len(line.columns)
    # As a condition, so that one sentence says it whatever is wrong; the blank row stands for what would be right.
    return {
        **hover(row.label, about),
        "if": {"type": "array", "minItems": count, "maxItems": count},
        "then": {"prefixItems": [_cell(column) for column in line.columns]},
        "else": {"enum": [[None] * count], **says(f"这一行要写 {count} 格：[{blanks}]，{_columns(line)}。")},
        "defaultSnippets": [{"label": f"[{blanks}]", "description": "全部空白", "body": f"[{blanks}]"}],
    }


def _columns(line: Line) -> str:
    return f"依次：{'、'.join(column.label for column in line.columns)}"


def _cell(column: Column) -> Schema:
    about = "照印的写，带正负号，如 +156。" if column.signed else ""
    return cell(column.label, about)


# --- tables in another form --------------------------------------------------------------------------


def _others(form: Form, forms: Mapping[str, Form]) -> _Others:
    """For each table key the older forms that have such a table too."""
    older = [other for other in forms.values() if (other.first or 0) < (form.first or 0)]
    return {
        table.key: {
            other.id: found for other in older for found in other.tables.values() if found.key == table.key
        }
        for table in form.tables.values()
    }


def _different(form: Form, others: _Others) -> Iterator[tuple[TableForm, dict[str, TableForm]]]:
    """The form's tables that some older form lays out otherwise, with those."""
    for table in form.tables.values():
        tree = row_tree(table)
        if found := {id_: other for id_, other in others[table.key].items() if row_tree(other) != tree}:
            yield table, found


def _any_table(table: TableForm) -> Schema:
    return {
        **hover(table.title, f"{table.name}。行和列见“格式”里给这张表选的格式。"),
        "type": "object",
        **says(f"“{table.key}”写成一行一项。"),
    }


def _when(key: str, others: Mapping[str, Schema], own: Schema) -> Schema:
    """The table in the form that 格式 chooses for it."""
    schema: Schema = {"properties": {key: own}}
    for id_, other in others.items():
        chosen = {"type": "object", "properties": {key: {"enum": form_ids(id_)}}, "required": [key]}
        schema = {
            "if": {"properties": {"格式": chosen}, "required": ["格式"]},
            "then": {"properties": {key: other}},
            "else": schema,
        }
    return schema


def _choice(form: Form, others: _Others) -> Schema:
    about = hover("格式", f"{form.name}：{form.instrument}")
    if not any(others.values()):
        return choice("格式", f"{form.name}：{form.instrument}", form_ids(form.id))
    parts = {
        key: choice(key, "", [name for id_ in (form.id, *found) for name in form_ids(id_)])
        for key, found in others.items()
    }
    whole = choice(form.name, "", form_ids(form.id))
    mixed = mapping("各表格式不同", "原件几张表用的格式不一样时，逐张表写明。", parts)
    return {**about, "anyOf": [whole, mixed]}


# --- the rest of a report ----------------------------------------------------------------------------


def _head(form: Form, others: _Others) -> dict[str, Schema]:
    return {
        "格式": _choice(form, others),
        "标题": {
            **hover("标题", "照原件写，一字不改。"),
            "examples": ["示例镇2020年政府信息公开工作年度报告"],
            "type": ["string", "number"],
            **says("“标题”写一行文字，照原件的。"),
        },
        "公布日期": date("公布日期", "原件上印明的公布日期，写成 2021-01-31；不知道写 ~。"),
        "范围": choice("范围", "县级以上政府的汇总报告写“汇总”；别的省去。", [AGGREGATED, None]),
        "单位名称": text("单位名称", "原件印的单位名称与档案里的不同时才写。"),
        "来源": mapping("来源", "这份报告从哪里来。不知道的写 ~。", origin()),
        "转录说明": text("转录说明", "抄录时遇到的情况，如来源文本缺行、断行。"),
        **({"章节": _chapters()} if form.free else {"正文": _sections(form)}),
    }


def _sections(form: Form) -> Schema:
    about = "文字照录。一段一段之间空一行；原件没有的部分省去。"
    return mapping("正文", about, {s.key: text(s.title if s.heading else s.key) for s in form.sections})


def _chapters() -> Schema:
    parts = {"标题": text("标题", "连同序号照录。"), "正文": text("正文", "文字照录，段与段之间空一行。")}
    return sequence("章节", "按原文的标题和段落照录。", mapping("章节", "", parts))


def _tail(form: Form, others: _Others) -> dict[str, Schema]:
    row = {
        "表": choice("表", "", [t.key for t in form.tables.values()]),
        "标签": text("标签"),
        "数值": texts("数值", ""),
    }
    figure = dict(zip(FIGURE, (text(key) for key in FIGURE), strict=True))
    return {
        "数据": sequence("数据", "没有表格的报告在文字里写到的数字。", mapping("数据", "", figure)),
        "原表标签": _labels(form, others),
        "多出的行": sequence(
            "多出的行", "原件印了而格式没有的行。", mapping("一行", "", row, ["表", "标签"])
        ),
        "确认": sequence(
            "确认", "原件本来的错，照录不改，写明理由。", mapping("确认", "", waiver(), ["规则"])
        ),
    }


def _labels(form: Form, others: _Others) -> Schema:
    known = {
        table.key: [label for t in (table, *others[table.key].values()) for label in printed_labels(t)]
        for table in form.tables.values()
    }
    known[HEADINGS] = [s.heading for s in form.sections if s.heading]
    parts = {key: mapping(key, "", {label: text(label) for label in labels}) for key, labels in known.items()}
    return mapping("原表标签", "原件印的与格式不同的标签：格式的标签: 原件的标签；原件没印写 ~。", parts)
