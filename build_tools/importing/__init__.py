"""The room's door: a published file -> a report, with all that is doubtful in it.

file -> `files` (behind `guard`, in a process of its own: `isolated`) -> blocks -> `lines` -> `choose` (each table
in each form: `table`, `across`) -> `assemble` -> Draft -> `identity` (whose it is) -> Imported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from build_tools.importing.assemble import Draft, draft
from build_tools.importing.blocks import Document
from build_tools.importing.doubt import Doubt, told
from build_tools.importing.identity import Known, Question, when, who
from build_tools.importing.refused import RefusedError
from build_tools.model import Origin, Report

VERSION = "1"
"""Goes up when the same file is read otherwise; stands in every imported report."""

METHOD = f"导入程序第{VERSION}版"


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever imports knows already; empty is unknown. `latest`: the last year that can be reported on."""

    latest: int
    unit: str = ""
    year: int = 0
    url: str = ""
    captured: str = ""


Register = Callable[[str], Iterable[Known]]


@dataclass(frozen=True, slots=True)
class Imported:
    """A report read from a file. With `questions` its unit or year is not known and it cannot be filed."""

    report: Report
    doubts: tuple[Doubt, ...]
    questions: tuple[str, ...]


def imported(document: Document, data: bytes, name: str, asked: Asked, register: Register) -> Imported:
    """The report of a document. `data` and `name`: the bytes it was read from, and what they are kept under.

    `register` is asked for the units that a title may name.
    """
    made = draft(document)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs())
    unit = asked.unit or who(made.report.title, text, register(made.report.title))
    year = asked.year or when(made.report.title, text, asked.latest)
    questions = tuple(q.text for q in (unit, year) if isinstance(q, Question))
    report = replace(
        made.report,
        unit=unit.id if isinstance(unit, Known) else "" if isinstance(unit, Question) else unit,
        year=0 if isinstance(year, Question) else year,
        origin=Origin(
            name,
            hashlib.sha256(data).hexdigest(),
            asked.url or made.report.origin.url,
            asked.captured,
            METHOD,
        ),
        note="\n".join(told(made.doubts, advice=False)),
    )
    return Imported(report, made.doubts, questions)


__all__ = ["METHOD", "VERSION", "Asked", "Draft", "Imported", "Known", "RefusedError", "imported", "told"]
