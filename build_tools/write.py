"""Values -> the one canonical text of a report or unit file. What is written here reads back as the same values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from build_tools.decode import AGGREGATED, HEADINGS
from build_tools.decode.apparatus import FIGURE, ORIGIN, WAIVER
from build_tools.decode.cells import MISSING_WORD
from build_tools.form import Form, Line, TableForm
from build_tools.forms.shape import RowTree, printed_labels, row_tree, single
from build_tools.model import Cell, Name, Origin, Report, Section, State, Table, Unit
from build_tools.source.scalars import NOTHING, written
from build_tools.units import KIN

MODELINE = "# yaml-language-server: $schema="
_SCHEMAS = "../../../../build_tools/schema"
_HELP = (
    "# 怎么填：见 CONTRIBUTING.md；填好后运行 make check。标题是按惯例预填的，照原件改。",
    "# 正文一段以上的，冒号后写 |，下面每行缩进四格。~ 表示原件没有写，缺 表示我们的副本里丢了。",
)


HEAD = f"{MODELINE}{_SCHEMAS}/{{slug}}.json"
"""The first line of a report file; `slug` is its form's."""


def report_text(report: Report, comments: Iterable[str] = ()) -> str:
    """The report's file. `comments` stand in its head below the modeline, each with its #."""
    head = [HEAD.format(slug=report.form.slug), *comments]
    return _text([*head, *_report(report)])


def unit_text(unit: Unit, comments: Iterable[str] = ()) -> str:
    """The unit's file, likewise."""
    return _text([f"{MODELINE}{_SCHEMAS}/unit.json", *comments, *_unit(unit)])


def blank_text(form: Form, unit: Unit, year: int) -> str:
    """A report file in `form`, ready to be filled in: every cell and text is blank."""
    title = f"{unit.name}{year}年政府信息公开工作年度报告"
    if form.free:
        sections: tuple[Section, ...] = (Section("s1", "", "", ("章节", 0, "正文")),)
    else:
        sections = tuple(Section(s.id, s.title, "", ("正文", s.key)) for s in form.sections if not s.table)
    tables = {
        id_: Table(table, form.id, MappingProxyType(_blank_rows(table))) for id_, table in form.tables.items()
    }
    report = Report(unit.id, year, form, title, Origin(), sections, MappingProxyType(tables))
    return report_text(report, [*_HELP, *_columns(form)])


def _columns(form: Form) -> Iterator[str]:
    """Which figure stands where in the rows, for who fills them in: one line for rows of the same columns."""
    for table in form.tables.values():
        alike: dict[str, list[str]] = {}
        for line in table.lines.values():
            if len(line.columns) > 1:
                alike.setdefault("、".join(c.label for c in line.columns), []).append(line.row.keys[-1])
        for labels, rows in alike.items():
            which = f"“{'、'.join(rows)}”" if len(alike) > 1 else "各行"
            yield f"# {table.key}{which}依次是：{labels}"


def _blank_rows(table: TableForm) -> dict[str, tuple[Cell, ...]]:
    blank = Cell("", State.BLANK)
    return {id_: (blank,) * len(line.columns) for id_, line in table.lines.items()}


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


# --- a report ----------------------------------------------------------------------------------------


def _report(report: Report) -> Iterator[str]:
    yield from _form(report)
    yield f"标题: {_or_nothing(report.title)}"
    yield f"公布日期: {_or_nothing(report.published)}"
    if report.aggregated:
        yield f"范围: {AGGREGATED}"
    if report.printed_unit:
        yield f"单位名称: {written(report.printed_unit)}"
    origin = report.origin
    values = (origin.file, origin.sha256, origin.url, origin.captured, origin.method)
    yield "来源:"
    yield from _indented(_entries(ORIGIN, values))
    if report.note:
        yield from _prose("转录说明", report.note, always=False)
    yield from _chapters(report) if report.form.free else _sections(report)
    for table in report.tables.values():
        yield f"{table.form.key}:"
        yield from _indented(_rows(row_tree(table.form), table))
    yield from _items(
        "数据", ([*_entries(FIGURE, (f.name, f.value, f.unit, f.quote))] for f in report.figures)
    )
    yield from _labels(report)
    yield from _items("多出的行", _extra(report))
    yield from _items(
        "确认", ([*_entries(WAIVER, (w.rule, w.where, w.reason, w.date))] for w in report.waivers)
    )


def _form(report: Report) -> Iterator[str]:
    if all(table.form_id == report.form.id for table in report.tables.values()):
        yield f"格式: {written(report.form.id)}"
    else:
        yield "格式:"
        tables = report.tables.values()
        yield from _indented(_entries([t.form.key for t in tables], [t.form_id for t in tables]))


def _sections(report: Report) -> Iterator[str]:
    keys = {section.id: section.key for section in report.form.sections}
    if report.sections:
        yield "正文:"
    for section in report.sections:
        yield from _indented(_prose(keys[section.id], section.text))


def _chapters(report: Report) -> Iterator[str]:
    return _items(
        "章节",
        ([f"标题: {_or_nothing(s.heading)}", *_prose("正文", s.text)] for s in report.sections),
    )


def _rows(tree: RowTree, table: Table) -> Iterator[str]:
    for key, below in tree.items():
        if isinstance(below, Line):
            cells = [_cell(cell, flow=not single(table.form, below)) for cell in table.rows[below.row.id]]
            yield f"{written(key)}: {cells[0] if single(table.form, below) else _list(cells)}"
        else:
            yield f"{written(key)}:"
            yield from _indented(_rows(below, table))


def _cell(cell: Cell, *, flow: bool) -> str:
    if cell.state is State.BLANK:
        return NOTHING
    return MISSING_WORD if cell.state is State.MISSING else written(cell.raw, flow=flow)


def _labels(report: Report) -> Iterator[str]:
    known = {t.form.key: (printed_labels(t.form), t.labels) for t in report.tables.values()}
    known[HEADINGS] = (tuple(s.heading for s in report.form.sections), report.headings)
    printed = {key: labels for key, (_, labels) in known.items() if labels}
    if printed:
        yield "原表标签:"
    for key, labels in printed.items():
        ordered = [label for label in known[key][0] if label in labels]
        yield f"  {written(key)}:"
        yield from _indented(_entries(ordered, [labels[label] for label in ordered], blank='""'), by=4)


def _extra(report: Report) -> Iterator[list[str]]:
    for table in report.tables.values():
        for row in table.extra:
            values = [written(value, flow=True) if value else NOTHING for value in row.values]
            yield [*_entries(("表", "标签"), (table.form.key, row.label)), f"数值: {_list(values)}"]


# --- a unit ------------------------------------------------------------------------------------------


def _unit(unit: Unit) -> Iterator[str]:
    yield f"名称: {written(unit.name)}"
    yield f"类别: {written(unit.kind.id)}"
    yield f"主页: {_or_nothing(unit.homepage)}"
    yield f"别名: {_texts(unit.aliases)}"
    yield from _items("曾用名", ([*_entries(("名", "自", "至"), _former(name))] for name in unit.former))
    if unit.begun:
        yield f"设立: {unit.begun}"
    for key, kin in (("前身", unit.predecessors), ("后继", unit.successors)):
        if any(k.year for k in kin):
            yield from _items(key, ([*_entries(KIN, (k.id, str(k.year or "")))] for k in kin))
        elif kin:
            yield f"{key}: {_texts(k.id for k in kin)}"


def _former(name: Name) -> tuple[str, str, str]:
    return name.name, str(name.first or ""), str(name.last or "")


# --- YAML --------------------------------------------------------------------------------------------


def _or_nothing(text: str) -> str:
    return written(text) if text else NOTHING


def _texts(texts: Iterable[str]) -> str:
    return _list([written(text, flow=True) for text in texts])


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"


def _entries(keys: Sequence[str], values: Sequence[str | None], blank: str = NOTHING) -> Iterator[str]:
    """One line a key; None is nothing, an empty text is written as `blank`."""
    for key, value in zip(keys, values, strict=True):
        nothing = NOTHING if value is None else blank
        yield f"{written(key)}: {written(value) if value else nothing}"


def _items(key: str, items: Iterable[Sequence[str]]) -> Iterator[str]:
    """A list of mappings, each given by its lines; nothing for an empty list."""
    for i, (first, *others) in enumerate(items):
        if i == 0:
            yield f"{key}:"
        yield f"  - {first}"
        yield from _indented(others, by=4)


def _prose(key: str, text: str, *, always: bool = True) -> Iterator[str]:
    """A text of several lines as a block; one of a single line too if `always`."""
    if not text or (not always and "\n" not in text):
        yield f"{written(key)}: {_or_nothing(text)}"
    else:
        indented = text.lstrip("\n").startswith(" ")  # then a reader could not tell how deep the block is
        yield f"{written(key)}: |{'2' if indented else ''}"
        yield from _indented(text.split("\n"))


def _indented(lines: Iterable[str], by: int = 2) -> Iterator[str]:
    return (" " * by + line if line else "" for line in lines)
