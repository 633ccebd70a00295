"""A report -> the body of its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from build_tools.archive import Subject
from build_tools.check import Verdict
from build_tools.citation import Cited, apa, bibtex, gbt7714, ris
from build_tools.form import TableForm
from build_tools.model import Division, Report, State, Table
from build_tools.render.brief import brief_part
from build_tools.render.drawing import draw, states
from build_tools.render.engine import fill, kept
from build_tools.render.history import HISTORY, history_part
from build_tools.render.linked import report_data
from build_tools.render.marked import marked, words_id
from build_tools.render.meanings import meanings
from build_tools.render.notes import Annotations, Note, annotate
from build_tools.render.once import once
from build_tools.render.page import Links, Page, Place, form_path, report_path
from build_tools.render.sections import heading

FIGURES = "figures"
"""The id of the part that lists figures quoted from the prose."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with what stands below it: its notes, how many relations could not be tried, its legend, its meaning."""

    markup: Markup
    meanings: Markup
    notes: tuple[Note, ...]
    untried: int
    balanced: int
    blank: bool
    missing: bool
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report. `heading` as shown; `official` only where another heading was printed.

    `supplied` says that the original has no such heading; `absent` that it has neither text nor table.
    """

    id: str
    heading: str
    text: Markup
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[Note, ...] = ()
    official: str = ""
    supplied: bool = False
    absent: bool = False

    @property
    def opening(self) -> Markup:
        """How the part begins: its heading, and a word on it where it is not the official one."""
        return kept("parts.html.jinja", "opening")(self.id, self.heading, self.official, self.supplied)


def report_page(subject: Subject, verdict: Verdict, place: Place) -> Page:
    """The page of one report."""
    report, path = subject.report, report_path(subject.report.unit, subject.report.year)
    annotations, go = annotate(report, verdict), Links(path)
    parts = tuple((_free if report.form.free else _official)(report, annotations, go))
    body = fill(
        "report.html.jinja",
        report=report,
        unit=subject.unit,
        place=place,
        parts=parts,
        above=go.above(place.chain, subject.unit),
        contents=_contents(parts, report, place),
        notes=annotations.all,
        own=annotations.notes.get("", ()),
        untried=annotations.untried.get("", 0),
        original=go.original(report.unit, report.year, place.original) if place.original else "",
        figures=FIGURES,
        history=history_part(place.past, report),
        brief=brief_part(subject, annotations, go),
        data=report_data(report, subject.unit, place, go),
        cited=_cited(subject, place, path),
        go=go,
    )
    return Page(path, report.title, describe(report, subject.unit.name, place.chain), body, place.edit)


def _cited(subject: Subject, place: Place, path: str) -> dict[str, object]:
    """The report as it is cited, by the name of the way."""
    report = subject.report
    cited = Cited(
        author=report.printed_unit or subject.unit.name,
        title=report.title,
        year=report.year,
        number=report.id,
        address=place.address or path,
        published=report.published,
        version=place.version(report),
        sha256=place.sha256,
    )
    return {"gbt7714": gbt7714(cited), "apa": apa(cited), "bibtex": bibtex(cited), "ris": ris(cited)}


def _contents(parts: tuple[Part, ...], report: Report, place: Place) -> Markup:
    entries = tuple(
        (part.id, part.heading or f"〔{part.official}〕") for part in parts if part.heading or part.supplied
    )
    figures, history = FIGURES if report.figures else "", HISTORY if place.past else ""
    return kept("parts.html.jinja", "contents")(entries, figures, history)


def describe(report: Report, unit: str, chain: tuple[Division, ...]) -> str:
    """One sentence for search engines and link previews."""
    where = "".join(division.name for division in chain)
    tables = "全文、表格" if report.tables else "全文"
    return f"{where}{unit}{report.year}年度政府信息公开工作年度报告：{tables}、来源和校注。"


def _official(report: Report, annotations: Annotations, go: Links) -> Iterator[Part]:
    """The parts in the order of the form, whether the report has them or not."""
    texts = {section.id: section.text for section in report.sections}
    for section in report.form.sections:
        table = report.tables.get(section.table)
        text = texts.get(section.id, "")
        if not section.heading and not text:
            continue
        shown, official = heading(report, section)
        prose, notes = _prose(text, annotations.notes.get(section.id, ()))
        yield Part(
            id=section.id,
            heading=shown or "",
            text=prose,
            sheets=(_sheet(table, report, annotations, go),) if table else (),
            notes=notes,
            official=official,
            supplied=shown is None,
            absent=not text and not table,
        )


def _free(report: Report, annotations: Annotations, go: Links) -> Iterator[Part]:
    """The chapters of a report in no form, then its tables."""
    for section in report.sections:
        prose, notes = _prose(section.text, annotations.notes.get(section.id, ()))
        yield Part(section.id, section.heading, prose, (), notes)
    for id_, table in report.tables.items():
        yield Part(f"part-{id_}", table.form.title, Markup(), (_sheet(table, report, annotations, go),))


def _prose(text: str, notes: tuple[Note, ...]) -> tuple[Markup, tuple[Note, ...]]:
    """The text of a part, and its notes with the way back to the words that are marked in it."""
    html = marked(text, notes)
    there = {note.number for note in notes if f'id="{words_id(note)}"' in html}
    return html, tuple(replace(n, target=words_id(n)) if n.number in there else n for n in notes)


def _sheet(table: Table, report: Report, annotations: Annotations, go: Links) -> Sheet:
    form = table.form
    used = states(table)
    # A table that is the whole of its part must not bear the part's very heading once more.
    caption = report.form.name if form.title.endswith(form.name) else f"{form.name}　{form.title}"
    if table.form_id != report.form.id:
        caption += f"（格式 {table.form_id}）"
    return Sheet(
        markup=draw(table, annotations.marks, caption, linked=True),
        meanings=meanings(form, go(form_path(table.form_id))),
        notes=annotations.notes.get(form.id, ()),
        untried=annotations.untried.get(form.id, 0),
        balanced=annotations.blanks.get(form.id, 0),
        blank=State.BLANK in used,
        missing=State.MISSING in used,
        unconfirmed=_unconfirmed(form),
    )


@once(64)
def _unconfirmed(form: TableForm) -> bool:
    return any(line.row.unconfirmed for line in form.lines.values())
