"""Source + form -> Report, or problems of shape. Raw nodes die here.

Keys are the form's own Chinese words. Every cell of the declared form must be there, as some state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from build_tools.decode.apparatus import Apparatus
from build_tools.decode.cells import WIDE, read_cell, read_figures
from build_tools.decode.fields import REQUIRED, SHAPE, UNKNOWN, blank
from build_tools.finding import Problem
from build_tools.form import Column, Form, Line, TableForm
from build_tools.forms.shape import RowTree, example, printed_labels, row_tree
from build_tools.model import Cell, ExtraRow, Path, Report, Section, Table
from build_tools.source import Source, nodes
from build_tools.source.nodes import Figures, Node, Scalar, Sequence

HEAD = ("格式", "标题", "公布日期", "范围", "单位名称", "来源", "转录说明", "正文", "章节")
TAIL = ("数据", "原表标签", "多出的行", "确认")
HEADINGS = "章节"  # the entry of 原表标签 for section headings
AGGREGATED = "汇总"

Forms = Mapping[str, Form]

_tree = cache(row_tree)  # tables are as few as the forms


def decode(source: Source, unit: str, year: int, forms: Forms) -> tuple[Report | None, tuple[Problem, ...]]:
    """Build the report of `unit` on `year`; with any problem there is no report."""
    if source.root is None:
        problem = Problem(
            (),
            "文件里没有内容",
            "用 make new UNIT=单位编号 YEAR=年度 生成一份空白报告再填。",
            rule="SCHEMA-SHAPE",
        )
        return None, source.problems or (problem,)
    reader = _Reader(forms)
    made = reader.report(source.root, unit, year)
    problems = (*source.problems, *reader.problems)
    if isinstance(made, Problem):
        return None, (*problems, made)
    return (None, problems) if problems else (made, ())


class _Reader(Apparatus):
    def __init__(self, forms: Forms) -> None:
        super().__init__()
        self.forms = forms

    def report(self, root: Node, unit: str, year: int) -> Report | Problem:
        """The report as far as it can be read, or the problem that leaves nothing to read it by."""
        if not isinstance(root, nodes.Mapping):
            return Problem((), "整个文件应是“键: 值”的若干行", "对照一份已有的报告文件改。", rule=SHAPE)
        chosen = self.form(root.items["格式"][1] if "格式" in root.items else None)
        if isinstance(chosen, Problem):
            self.formless(root)
            return chosen
        form, tables = chosen
        known = [
            *(k for k in HEAD if k != ("正文" if form.free else "章节")),
            *(t.key for _, t in tables),
            *TAIL,
        ]
        top = self.mapping(root, (), known)
        labels = self.labels(top.get("原表标签"), form, tables)
        extra = self.extra(top.get("多出的行"), [t.key for _, t in tables])
        return Report(
            unit=unit,
            year=year,
            form=form,
            title=self.required(top.get("标题"), ("标题",)),
            published=self.date(top.get("公布日期"), ("公布日期",)),
            scope="aggregated" if self.choice(top.get("范围"), ("范围",), [AGGREGATED]) else "self",
            printed_unit=self.text(top.get("单位名称"), ("单位名称",)),
            origin=self.origin(top.get("来源")),
            note=self.text(top.get("转录说明"), ("转录说明",), lines=True),
            sections=tuple(
                self.chapters(top.get("章节")) if form.free else self.sections(top.get("正文"), form)
            ),
            tables=MappingProxyType(
                {
                    table.id: Table(
                        table,
                        form_id,
                        self.rows(top.get(table.key), table),
                        labels.get(table.key, {}),
                        tuple(row for key, row in extra if key == table.key),
                    )
                    for form_id, table in tables
                }
            ),
            headings=labels.get(HEADINGS, {}),
            figures=tuple(self.figures(top.get("数据"))),
            waivers=tuple(self.waivers(top.get("确认"))),
        )

    def formless(self, root: Node) -> None:
        """Find what is wrong with those parts that are the same in every form."""
        top = self.mapping(root, (), [*HEAD, *self.table_keys(), *TAIL])
        self.required(top.get("标题"), ("标题",))
        self.date(top.get("公布日期"), ("公布日期",))
        self.origin(top.get("来源"))
        _ = [*self.figures(top.get("数据")), *self.waivers(top.get("确认"))]

    # --- which form ---

    def form(self, node: Node | None) -> tuple[Form, list[tuple[str, TableForm]]] | Problem:
        """The report's form and, per table, the form it is in: published reports mix them."""
        if isinstance(node, Scalar) and not blank(node):
            form = self.known_form(node, ("格式",))
            return form if isinstance(form, Problem) else (form, [(form.id, t) for t in form.tables.values()])
        if isinstance(node, Sequence):
            hint = f"写一种格式，如“格式: 2021”；各表格式不同时逐张表写，如“格式: {{主动公开: 2021, 申请: 2019}}”。可以写：{self.choices()}。"
            return Problem(("格式",), "“格式”不能是一个列表", hint, rule=SHAPE)
        parts = self.mapping(node, ("格式",), self.table_keys()) if isinstance(node, nodes.Mapping) else {}
        if not parts:
            hint = f"补上一行“格式: …”，可以写：{self.choices()}。"
            return Problem(("格式",), "没有写“格式”", hint, rule=REQUIRED)
        chosen: dict[str, Form] = {}
        strange: list[Problem] = []
        for key, item in parts.items():
            found = self.known_form(item, ("格式", key))
            if isinstance(found, Problem):
                strange.append(found)
            else:
                chosen[key] = found
        if strange:
            self.problems += strange[:-1]
            return strange[-1]
        main = max(chosen.values(), key=lambda form: form.first or 0)
        for key in chosen:
            if all(table.key != key for table in main.tables.values()):
                self.wrong(("格式", key), f"{main.name}里没有“{key}”这张表", "删去这一项，或换一种格式。")
        return main, [self.table_in(table, chosen.get(table.key) or main) for table in main.tables.values()]

    def table_in(self, table: TableForm, form: Form) -> tuple[str, TableForm]:
        for other in form.tables.values():
            if other.key == table.key:
                return form.id, other
        self.wrong(("格式", table.key), f"{form.name}里没有“{table.key}”这张表", "换一种格式。")
        return form.id, table

    def known_form(self, node: Node, path: Path) -> Form | Problem:
        value = self.text(node, path)
        return self.forms.get(value) or Problem(
            path, f"没有“{value}”这种格式", f"可以写：{self.choices()}。", rule=UNKNOWN
        )

    def choices(self) -> str:
        return "、".join(f"{form.id}（{form.name}）" for form in self.forms.values())

    def table_keys(self) -> list[str]:
        return list(dict.fromkeys(t.key for form in self.forms.values() for t in form.tables.values()))

    # --- prose ---

    def sections(self, node: Node | None, form: Form) -> Iterator[Section]:
        entries = self.mapping(node, ("正文",), [s.key for s in form.sections])
        for section in form.sections:
            if section.key in entries:
                path: Path = ("正文", section.key)
                yield Section(
                    section.id, section.title, self.text(entries[section.key], path, lines=True), path
                )

    def chapters(self, node: Node | None) -> Iterator[Section]:
        for path, entry in self.mappings(node, ("章节",), ["标题", "正文"]):
            heading = self.text(entry.get("标题"), (*path, "标题"))
            text = self.text(entry.get("正文"), (*path, "正文"), lines=True)
            yield Section(f"s{int(path[-1]) + 1}", heading, text, (*path, "正文"))

    # --- tables ---

    def rows(self, node: Node | None, table: TableForm) -> Mapping[str, tuple[Cell, ...]]:
        if node is None:
            hint = f"补上“{table.key}:”和它下面的各行；原件没印的格写 ~，我们的副本里丢了的格写 缺。"
            self.wrong((table.key,), f"没有{table.name}“{table.title}”", hint)
            return {}
        found: dict[str, tuple[Cell, ...]] = {}
        self.branch(node, (table.key,), _tree(table), found)
        return MappingProxyType(found)

    def branch(self, node: Node, path: Path, tree: RowTree, found: dict[str, tuple[Cell, ...]]) -> None:
        entries = self.mapping(node, path, tree)
        for key, expected in tree.items() if isinstance(node, nodes.Mapping) else ():
            here = (*path, key)
            if key not in entries:
                self.wrong(here, f"没有“{key}”这一行", f"照这样补上：{example(key, expected)}")
            elif isinstance(expected, Line):
                found[expected.row.id] = self.row(entries[key], here, expected)
            else:
                self.branch(entries[key], here, expected, found)

    def row(self, node: Node, path: Path, line: Line) -> tuple[Cell, ...]:
        columns = line.columns
        if isinstance(node, Figures) and len(cells := read_figures(node.text)) == len(columns):
            return cells
        if isinstance(node, Scalar) and len(columns) == 1:
            return (self.cell(node, path, 0, columns[0]),)
        items = node.items if isinstance(node, Sequence) else [node]
        if len(items) != len(columns) or (len(columns) > 1 and not isinstance(node, Sequence)):
            if self.typed_wide(items, path):
                return ()
            names = "、".join(c.label for c in columns)
            message = f"“{path[-1]}”有 {len(items)} 格，应有 {len(columns)} 格，差 {abs(len(columns) - len(items))} 格"
            self.wrong(path, message, f"依次写：{names}。原件没印的写 ~，副本里丢了的写 缺，不要补 0。")
            return ()
        return tuple([self.cell(item, path, i, columns[i]) for i, item in enumerate(items)])

    def typed_wide(self, items: Iterable[Node], path: Path) -> bool:
        """Whether the row is of another length because of marks typed full-width; each such cell is noted."""
        texts = [item for item in items if isinstance(item, Scalar) and item.plain]
        found = [(item, mark) for item in texts for mark in WIDE if mark.pattern.search(item.value)]
        for item, mark in found:
            message = f"“{path[-1]}”的这一格“{item.value}”里有{mark.name}"
            self.wrong(path, message, mark.hint, at=item.at)
        return bool(found)

    def cell(self, node: Node, row: Path, i: int, column: Column) -> Cell:
        if not isinstance(node, Scalar):
            self.wrong((*row, i), "一格里只能写一个数或几个字", "去掉里层的括号。")
            return read_cell("", column)
        return read_cell(node.value.strip(), column, plain=node.plain)

    # --- what the printed form does otherwise ---

    def labels(
        self, node: Node | None, form: Form, tables: list[tuple[str, TableForm]]
    ) -> dict[str, dict[str, str | None]]:
        if node is None:
            return {}
        known = {table.key: list(printed_labels(table)) for _, table in tables}
        known[HEADINGS] = [s.heading for s in form.sections if s.heading]
        entries = self.mapping(node, ("原表标签",), known)
        result: dict[str, dict[str, str | None]] = {}
        for key, entry in entries.items():
            texts = self.mapping(entry, ("原表标签", key), known[key])
            result[key] = {
                label: None if blank(text) else self.text(text, ("原表标签", key, label))
                for label, text in texts.items()
            }
        return result

    def extra(self, node: Node | None, keys: list[str]) -> list[tuple[str, ExtraRow]]:
        return [
            (
                self.choice(entry.get("表"), (*path, "表"), keys, needed=True),
                ExtraRow(
                    self.required(entry.get("标签"), (*path, "标签")),
                    self.texts(entry.get("数值"), (*path, "数值")),
                ),
            )
            for path, entry in self.mappings(node, ("多出的行",), ["表", "标签", "数值"])
        ]
