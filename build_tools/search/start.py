"""All units -> the index's start: what the browser must know before it looks up the first term.

Columns of all reports for filtering and sorting, names of units and places, labels of the forms, names of the
shards. One JSON object, as small as it can be without becoming a riddle; `start` explains its keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from build_tools.archive import COUNTY, Register, folder_chain
from build_tools.form import Form
from build_tools.model import Division, Kind
from build_tools.search.census import Census
from build_tools.search.document import form_labels, has_total
from build_tools.search.run import Member

FORMAT = 1
FIRST_LETTER = 97
"""Columns of choices are strings with one letter a report: `a` is the first choice."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What reports and units are told by: the forms, the kinds of units, the levels from the highest down."""

    forms: Mapping[str, Form]
    kinds: Mapping[str, Kind]
    levels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """What else the index is made of: the first term and name of each shard; the help file, its trigger; numbers."""

    shards: Sequence[tuple[str, str]]
    help: str
    both: str
    census: Census


@dataclass(slots=True)
class Columns:
    """What the start says of all units and reports, column by column: a record for each would take much memory."""

    forms: Mapping[str, str]
    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    aliases: dict[int, tuple[str, ...]] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)
    form_column: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, members: Iterable[Member], forms: Iterable[str]) -> Columns:
        """The columns of all units, which come by id."""
        found = cls({form: chr(FIRST_LETTER + i) for i, form in enumerate(forms)})
        for member in members:
            found._add(member)
        return found

    def _add(self, member: Member) -> None:
        if len(member.names) > 1:
            self.aliases[len(self.ids)] = member.names[1:]
        first = member.records[0].year
        self.ids.append(member.id[COUNTY:])
        self.names.append(member.names[0])
        self.kinds.append(member.kind)
        self.years.append((first, sum(1 << record.year - first for record in member.records)))
        self.form_column.append("".join(self.forms[record.form] for record in member.records))
        self.flags.append("".join(f"{record.flags:x}" for record in member.records))
        self.requests.extend(record.requests for record in member.records)

    def characters(self) -> str:
        """Every character in the names of units, once."""
        found: set[str] = set()
        found.update(*self.names, *(name for names in self.aliases.values() for name in names))
        return "".join(sorted(found))


def places(counties: Iterable[str], register: Register) -> list[Division]:
    """Every region that has a report, by code."""
    found = {division.code: division for county in counties for division in folder_chain(register, county)}
    return [found[code] for code in sorted(found)]


def start(columns: Columns, regions: Sequence[Division], words: Vocabulary, beside: Beside) -> str:
    """The start file.

    `flags` of a report: 1 open errors, 2 open warnings, 4 acknowledged faults, 8 prints exactly its form's
    labels. `years` of a unit: bit i is the year `year` + i. `counties`: code, units, number of the first unit.
    `totals`: tables whose rows count by their totals.
    """
    base = min((first for first, _ in columns.years), default=0)
    found = set(columns.kinds)
    used = [kind for kind in words.kinds.values() if kind.id in found]
    letters = {kind.id: chr(FIRST_LETTER + i) for i, kind in enumerate(used)}
    data = {
        "format": FORMAT,
        "reports": len(columns.requests),
        "shards": "".join(name for _, name in beside.shards),
        "firsts": "\n".join(term for term, _ in beside.shards),
        "width": beside.census.width,
        "help": beside.help,
        "both": beside.both,
        **told(words),
        "kinds": [[kind.id, kind.level] for kind in used],
        "levels": words.levels,
        "places": [[region.code, region.name] for region in regions],
        "counties": [
            [code, len(own), beside.census.bases[code]] for code, own in beside.census.counts.items()
        ],
        "ids": ",".join(columns.ids),
        "unit_names": "\n".join(columns.names),
        "aliases": columns.aliases,
        "unit_kinds": "".join(map(letters.__getitem__, columns.kinds)),
        "year": base,
        "years": [mask << first - base for first, mask in columns.years],
        "form_column": "".join(columns.form_column),
        "flags": "".join(columns.flags),
        "requests": columns.requests,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def told(words: Vocabulary) -> dict[str, Any]:
    """What the start says of the forms."""
    tables = (table for form in words.forms.values() for table in form.tables.values())
    return {
        "forms": [_form(form) for form in words.forms.values()],
        "totals": sorted({table.id for table in tables if has_total(table)}),
    }


def _form(form: Form) -> list[Any]:
    labels = dict.fromkeys((label.table, label.text, label.figure) for label in form_labels(form))
    return [form.id, form.name, form.slug, [list(label) for label in labels]]
