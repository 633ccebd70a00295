"""A report page of our built site -> what it holds, as plain data that a peer can make the same page from.

Everything is taken from the site itself: `report.json` beside the page, and what the page shows of notes,
neighbours and dates. Checking is done by then: a peer is given the notes for nothing.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.peers import cut

BREAK = "¶¶¶"
"""A paragraph of its own between two parts of a report: all its prose is one text, turned into HTML once."""

OTHER = "*"
"""Stands for a row that holds more than plain whole numbers."""

_WHOLE = re.compile(r"0|[+-]?[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address, which template it is for, what its head says, its data and its prose."""

    path: str
    layout: str
    title: str
    description: str
    params: dict[str, Any]
    prose: str = ""


@dataclass(slots=True)
class Seen:
    """What is gathered while going through the reports: forms and units.

    `chains` are the divisions above a unit, a county's own unit standing in itself; `blanks` tables without
    figures by form and table, `meanings` what stands below each; `captions` what stands over a table on the page
    and in index.md, where these differ; `classes` how noughts and other numbers are marked.
    """

    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    meanings: dict[tuple[str, str], str] = field(default_factory=dict)
    blanks: dict[tuple[str, str], cut.Blank] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    captions: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    chains: dict[str, list[list[str]]] = field(default_factory=dict)


def enter(seen: Seen, unit: str, page: str) -> None:
    """Take a unit in, from its page."""
    seen.names[unit] = cut.title(page)
    seen.chains[unit] = cut.crumbs(page)
    if seen.chains[unit] and unit[:6] not in (code for code, _ in seen.chains[unit]):
        seen.chains[unit].append([unit, seen.names[unit]])


def report_page(folder: Path, seen: Seen) -> Page:
    """The report whose page stands in `folder`."""
    page = (folder / "index.html").read_text(encoding="utf-8")
    data = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    slug, form = cut.form(page)
    seen.forms.setdefault(data["form"], {"slug": slug, "name": form})
    texts = {section["id"]: section["markdown"] for section in data["sections"]}
    parts = list(_parts(page, data, texts))
    params = {
        **{key: value for key, value in data.items() if key not in {"title", "sections", "tables", "source"}},
        **_frame(page, data, seen),
        "parts": parts,
        "tables": {
            id_: _table(table, folder, page, (data["form"], id_), seen)
            for id_, table in data["tables"].items()
        },
    }
    prose = f"\n\n{BREAK}\n\n".join(texts[part["id"]] for part in parts if "text" in part)
    path = f"units/{data['unit']}/{data['year']}/"
    return Page(path, "report", data["title"], cut.description(page), _filled(params), prose)


def _filled(params: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: a peer need not read it."""
    return {name: value for name, value in params.items() if value not in ("", [], {}, None, False)}


def _frame(page: str, data: dict[str, Any], seen: Seen) -> dict[str, Any]:
    """What stands around the report's own words."""
    chunks = cut.sections(page)
    return {
        "unitname": seen.names[data["unit"]],
        "chain": seen.chains[data["unit"]],
        "source": _filled(data["source"]),
        "notes": cut.notes(chunks["record"]),
        "all": cut.notes(page),
        "tally": cut.found(r"校注 \d+ 条</strong>（(.*?)）", chunks["record"]),
        "untried": cut.found(r"有 (\d+) 项关系无从核对", chunks["record"]),
        "ready": cut.ready(page),
        "years": [int(year) for year in re.findall(r"<li>(?:<a[^>]*>|<span[^>]*>)(\d{4})<", chunks["more"])],
        "before": cut.neighbour("prev", chunks["more"]),
        "after": cut.neighbour("next", chunks["more"]),
    }


def _parts(page: str, data: dict[str, Any], texts: dict[str, str]) -> list[dict[str, Any]]:
    """The parts of the report in the order of the page; `text` counts, from one, those that have prose."""
    blocks = {section["id"]: section.get("blocks") for section in data["sections"]}
    parts, number = [], 0
    for id_, piece in cut.sections(page).items():
        if id_ not in {"brief", "record", "figures", "history", "more"}:
            number += id_ in texts
            own = {"text": number if id_ in texts else 0, "blocks": blocks.get(id_)}
            parts.append({name: value for name, value in {**cut.part(id_, piece), **own}.items() if value})
    return parts


def _table(
    table: dict[str, Any], folder: Path, page: str, key: tuple[str, str], seen: Seen
) -> dict[str, Any]:
    """The figures row by row. A row of plain numbers is one text, noughts left out; of noughts alone, empty."""
    sheet = cut.table(page, key[1])
    seen.meanings[key] = cut.meanings(page.partition(sheet)[2].partition("</section>")[0])
    if key not in seen.blanks and cut.is_plain(sheet):
        seen.blanks[key] = cut.blank(sheet)
        seen.classes.update(cut.classes(sheet))
        other = cut.table((folder / "index.md").read_text(encoding="utf-8"), key[1])
        if cut.caption(sheet) != cut.caption(other):
            seen.captions[key] = cut.caption(sheet), cut.caption(other)
    marks, rules = cut.marks(sheet), {note["number"]: note["rule"] for note in cut.notes(page)}
    own = {} if cut.is_plain(sheet) else cut.printed(sheet)
    odd_rows = own.get("befores", {})
    rows: list[str] = []
    odd: dict[str, list[dict[str, Any]]] = {}
    for row, cells in table.items():
        plain = all(_plain(cell) and (row, column) not in marks for column, cell in cells.items())
        if plain and str(len(rows)) not in odd_rows:
            figures = ["" if cell["raw"] == "0" else cell["raw"] for cell in cells.values()]
            rows.append(",".join(figures) if any(figures) else "")
        else:
            odd[str(len(rows))] = [
                {**cell, "marks": own_marks, "csv": _csv(cell, [rules[number] for number, _ in own_marks])}
                for column, cell in cells.items()
                for own_marks in [marks.get((row, column), [])]
            ]
            rows.append(OTHER)
    return {"rows": rows, **_filled({"odd": odd, **own})}


def _plain(cell: dict[str, Any]) -> bool:
    """Whether the cell is nothing but a whole number."""
    return cell["state"] == "number" and "unit" not in cell and _WHOLE.fullmatch(cell["raw"]) is not None


def _csv(cell: dict[str, Any], rules: list[str]) -> str:
    """The end of the cell's line in tables.csv, with the rules of the notes it bears."""
    out = io.StringIO()
    value = "" if cell["value"] is None else cell["value"]
    flags = ";".join(dict.fromkeys(rule for rule in rules if rule))
    csv.writer(out, lineterminator="").writerow((value, _guarded(cell["raw"]), cell["state"], flags))
    return out.getvalue()


def _guarded(raw: str) -> str:
    """A text as it stands in CSV: one that a spreadsheet would run has an apostrophe in front."""
    runs = re.match("'*[=+\\-@\t\r\n＝＋－＠]", raw) and not re.fullmatch(r"[+-]?\d+(\.\d+)?", raw)
    return f"'{raw}" if runs else raw
