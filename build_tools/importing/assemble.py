"""Document -> Draft: the report as far as it can be read, and everything that a person has to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from build_tools.decode.cells import read_cell
from build_tools.form import Column, ColumnGroup, Form, Row, TableForm
from build_tools.forms import official
from build_tools.importing.blocks import Document
from build_tools.importing.choose import Chosen, choose
from build_tools.importing.details import details
from build_tools.importing.doubt import Doubt
from build_tools.importing.labels import key, row_ids
from build_tools.importing.leftover import sort_out
from build_tools.importing.lines import lines_of
from build_tools.importing.parts import Part, is_title, parts
from build_tools.importing.prose import Prose, prose
from build_tools.importing.reading import Reading
from build_tools.importing.values import Texts
from build_tools.model import Cell, ExtraRow, Origin, Report, Section, State, Table


@dataclass(frozen=True, slots=True)
class Draft:
    """A report without unit and year, and what is doubtful in it."""

    report: Report
    doubts: tuple[Doubt, ...]


def draft(document: Document, forms: Mapping[str, Form] | None = None) -> Draft:
    """Read a document. What is lost or uncertain is 缺 in the report and said in a doubt."""
    forms = forms or official()
    lines = lines_of(document)
    chosen = choose(lines, forms)
    form = chosen.main or next(form for form in forms.values() if form.free and not form.tables)
    left = sort_out(lines, [reading for _, reading in chosen.readings.values()], form)
    read = parts(left.prose, form)
    before = details(read.before)
    opening = Part(next((s for s in form.sections if not s.heading), None), "", list(before.rest))
    found = (*([opening] if opening.lines else []), *read.parts)
    texts = [prose(part.lines) for part in found]
    sections, headings = _sections(found, texts, form)
    tables = {table.id: _table(table, chosen, form, left.extra) for table in form.tables.values()}
    told = document.told
    title = read.title or (told.title if is_title(told.title) else "")
    report = Report(
        unit="",
        year=0,
        form=form,
        title=title,
        origin=Origin(url=told.url),
        sections=sections,
        tables=MappingProxyType(tables),
        published=before.published or told.published,
        printed_unit=before.printed_unit,
        scope="aggregated" if before.aggregated else "self",
        headings=MappingProxyType(headings),
    )
    return Draft(report, (*_doubts(chosen, form), *left.strange, *_breaks(texts)))


# --- sections ------------------------------------------------------------------------------------------


def _sections(
    found: Sequence[Part], read: Sequence[Prose], form: Form
) -> tuple[tuple[Section, ...], dict[str, str | None]]:
    if form.free:
        chapters = [
            Section(f"s{i + 1}", part.heading, own.text, ("章节", i, "正文"))
            for i, (part, own) in enumerate(zip(found, read, strict=True))
        ]
        return tuple(chapters), {}
    texts: dict[str, str] = {}
    headings: dict[str, str | None] = {}
    for part, own in zip(found, read, strict=True):
        if part.section is None:
            continue
        texts[part.section.id] = own.text
        if part.heading and (printed := _reworded(part.heading, part.section.heading, part.section.number)):
            headings[part.section.heading] = printed
    sections = tuple(
        Section(s.id, s.title, texts[s.id], ("正文", s.key))
        for s in form.sections
        if texts.get(s.id) or (s.id in texts and not s.table and s.heading)
    )
    return sections, headings


def _reworded(printed: str, heading: str, number: str) -> str:
    """The heading as printed, if it is another than the form's; without its number where that is the form's."""
    if key(printed) in {key(heading), key(f"{number}、{heading}")}:
        return ""
    return printed.removeprefix(f"{number}、")


def _breaks(read: Sequence[Prose]) -> Iterator[Doubt]:
    """Where paragraphs were joined that the source had broken off in mid-sentence."""
    places = [place for own in read for place in own.joined]
    if places:
        yield Doubt(
            "正文",
            "、".join(places),
            "",
            f"原文在这里断成两段的 {len(places)} 处已接回，文字未改",
            "看看接得对不对。",
        )


# --- tables --------------------------------------------------------------------------------------------


def _table(own: TableForm, chosen: Chosen, form: Form, extra: Mapping[str, Sequence[ExtraRow]]) -> Table:
    form_, reading = chosen.readings.get(own.key) or (form, Reading(own, {}))
    rows = {id_: _cells(reading.rows.get(id_), line.columns) for id_, line in reading.form.lines.items()}
    return Table(
        reading.form,
        form_.id,
        MappingProxyType(rows),
        MappingProxyType(_labels(reading)),
        tuple(extra.get(own.key, ())),
    )


def _cells(texts: Texts | None, columns: Sequence[Column]) -> tuple[Cell, ...]:
    lost = Cell("", State.MISSING)
    if texts is None:
        return (lost,) * len(columns)
    return tuple(
        lost if text is None else read_cell(text, column, plain=False)
        for text, column in zip(texts, columns, strict=True)
    )


def _labels(reading: Reading) -> dict[str, str | None]:
    """What is printed instead of the form's labels; None for one that is not printed though its cells are."""
    absent = {} if reading.torn else dict.fromkeys(_absent(reading), None)
    return {**absent, **reading.printed}


def _absent(reading: Reading) -> Iterator[str]:
    read = {row for row, texts in reading.rows.items() if any(text is not None for text in texts)}
    known = reading.shown | reading.printed.keys()
    for block in reading.form.blocks:
        if read & set(row_ids(block.rows)):
            wanted = [
                block.caption,
                block.stub,
                block.corner,
                *_columns(block.columns),
                *_names(block.rows, read),
            ]
            yield from (label for label in wanted if label and label not in known)


def _columns(columns: Sequence[Column | ColumnGroup]) -> Iterator[str]:
    for column in columns:
        yield column.label
        if isinstance(column, ColumnGroup):
            yield from _columns(column.columns)


def _names(rows: Sequence[Row], read: set[str]) -> Iterator[str]:
    """The labels of rows that were read, and of groups of which a row was read."""
    for row in rows:
        if read & {row.id, *row_ids(row.rows)}:
            yield row.label
        yield from _names(row.rows, read)


def _doubts(chosen: Chosen, form: Form) -> Iterator[Doubt]:
    for own in form.tables.values():
        if own.key not in chosen.readings:
            yield Doubt(
                f"{own.name}“{own.title}”",
                "",
                "",
                "文件里没有找到，各格记作“缺”",
                "对照原件补上；原件没有这张表的，见格式说明。",
            )
            continue
        form_, reading = chosen.readings[own.key]
        if own.key in chosen.undecided:
            yield Doubt(
                own.name, "", "", f"看不出是哪一种格式的，按{form_.name}读", "格式不对的，改“格式”一项。"
            )
        yield from reading.doubts
        for id_, line in reading.form.lines.items():
            if id_ not in reading.rows:
                name = f"{own.name}「{line.row.label}」行"
                yield Doubt(name, "", "", "文件里没有找到，整行记作“缺”", "对照原件补上。")
