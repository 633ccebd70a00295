"""How rules and forms are put into words: chapters, years, rows and columns, relations as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.form import Column, ColumnGroup, Relation, Row, TableForm, Term
from build_tools.forms.shape import single
from build_tools.manual.snippets import Data, nested, snippet
from build_tools.rules.rule import Rule
from build_tools.source.scalars import NOTHING

CHAPTERS: Mapping[str, str] = {
    "YAML": "文件怎么写",
    "ID": "报告是谁的、哪一年的",
    "SCHEMA": "内容齐不齐",
    "TPL": "格式与表头",
    "VAL": "格里的数",
    "T2": "表二：主动公开",
    "T3": "表三：申请",
    "T4": "表四：复议诉讼",
    "FORM": "其他勾稽关系",
    "XT": "表与表",
    "XY": "年与年",
    "NT-G0": "摘录的数",
    "NT-G1": "2014年统计表",
    "NT": "正文与表",
    "TX": "正文与结构",
    "DU": "雷同",
    "PV": "个人信息与敏感内容",
    "DT": "日期",
    "CO": "是否报全",
    "AR": "来源与档案",
    "ACK": "确认",
}
"""What a rule's id begins with -> what it is about, in the order of the catalogue."""


def chapter(rule: Rule) -> str:
    """The chapter a rule belongs to."""
    return next((name for head, name in CHAPTERS.items() if rule.id.startswith(f"{head}-")), "其他")


def years(first: int | None, last: int | None) -> str:
    """A span of report years in words; None is unbounded."""
    if first and last:
        return f"{first}年度" if first == last else f"{first}至{last}年度"
    if first or last:
        return f"{first}年度起" if first else f"{last}年度及以前"
    return "不限年度"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a table for people: label, depth, the key to write (empty for a mere heading), notes."""

    label: str
    depth: int
    key: str
    unit: str
    unconfirmed: bool


def entries(rows: Sequence[Row], depth: int = 0) -> Iterator[Entry]:
    """Rows in printed order, sub-rows below their row."""
    for row in rows:
        key = " / ".join(row.keys) if row.id else ""
        yield Entry(row.label, depth, key, row.unit, row.unconfirmed)
        yield from entries(row.rows, depth + 1)


def columns(nodes: Sequence[Column | ColumnGroup], above: str = "") -> Iterator[tuple[str, str]]:
    """Columns in printed order with the headings they stand under, and what holds of their numbers."""
    for node in nodes:
        if isinstance(node, ColumnGroup):
            yield from columns(node.columns, f"{above}{node.label} · ")
        else:
            yield f"{above}{node.label}", "；".join(_traits(node)) or "整数"


def _traits(column: Column) -> Iterator[str]:
    if column.signed:
        yield "整数，可以带 + 或 -"
    if column.money:
        yield "金额"
    if column.unit and column.unit not in column.label:
        yield f"单位{column.unit}"
    if column.decimals is not None:
        yield f"最多 {column.decimals} 位小数"


def skeleton(table: TableForm) -> str:
    """The table's entry in a report file, blank."""
    rows: dict[str, Data] = {
        "/".join((table.key, *line.row.keys)): NOTHING
        if single(table, line)
        else [NOTHING] * len(line.columns)
        for line in table.lines.values()
    }
    return snippet(nested(rows))


def sentence(table: TableForm, relation: Relation) -> str:
    """A relation in the form's own words: 每一列：新收 + 上年结转 = 总计 + 结转下年度."""
    names = _row_names(table) if relation.along == "columns" else _column_names(table)
    others = _column_names(table) if relation.along == "columns" else _row_names(table)
    sides = (" + ".join(_term(term, names) for term in side) for side in (relation.left, relation.right))
    where = "、".join(f"“{others[id_]}”" for id_ in relation.only)
    each = "列" if relation.along == "columns" else "行"
    lists = table.layout == "list"
    head = "" if lists else f"{where}{each}：" if where else f"每一{each}："
    return head + {"=": " = ", "<=": " ≤ "}[relation.sign].join(sides)


def _term(term: Term, names: Mapping[str, str]) -> str:
    return f"上一年报告的{names[term.id]}" if term.last else names[term.id]


def _row_names(table: TableForm) -> dict[str, str]:
    """Each row by the last of its keys, or by all of them where that would name two."""
    last = Counter(line.row.keys[-1] for line in table.lines.values())
    return {
        id_: keys[-1] if last[keys[-1]] == 1 else "/".join(keys)
        for id_, line in table.lines.items()
        for keys in [line.row.keys]
    }


def _column_names(table: TableForm) -> dict[str, str]:
    return {column.id: column.label for line in table.lines.values() for column in line.columns}
