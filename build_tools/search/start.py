"""All units -> the index's start: what the browser must know before it looks up the first term.

Columns of all reports for filtering and sorting, names of units and places, labels of the forms, names of the
shards. One JSON object, as small as it can be without becoming a riddle; `start` explains its keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
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


def places(members: Iterable[Member], register: Register) -> list[Division]:
    """Every region that has a report, by code."""
    counties = dict.fromkeys(member.id[:COUNTY] for member in members)
    found = {division.code: division for county in counties for division in folder_chain(register, county)}
    return [found[code] for code in sorted(found)]


def start(members: Sequence[Member], regions: Sequence[Division], words: Vocabulary, beside: Beside) -> str:
    """The start file.

    `flags` of a report: 1 open errors, 2 open warnings, 4 acknowledged faults, 8 prints exactly its form's
    labels. `years` of a unit: bit i is the year `year` + i. `counties`: code, units, number of the first unit.
    `totals`: tables whose rows count by their totals.
    """
    records = [record for member in members for record in member.records]
    base = min((record.year for record in records), default=0)
    found = {member.kind for member in members}
    used = [kind for kind in words.kinds.values() if kind.id in found]
    letters = {kind.id: chr(FIRST_LETTER + i) for i, kind in enumerate(used)}
    form_letters = {form: chr(FIRST_LETTER + i) for i, form in enumerate(words.forms)}
    data = {
        "format": FORMAT,
        "reports": len(records),
        "shards": "".join(name for _, name in beside.shards),
        "firsts": "\n".join(term for term, _ in beside.shards),
        "width": beside.census.width,
        "help": beside.help,
        "both": beside.both,
        "forms": [_form(form) for form in words.forms.values()],
        "totals": sorted(
            {t.id for form in words.forms.values() for t in form.tables.values() if has_total(t)}
        ),
        "kinds": [[kind.id, kind.level] for kind in used],
        "levels": words.levels,
        "places": [[region.code, region.name] for region in regions],
        "counties": [
            [code, len(list(own)), beside.census.bases[code]]
            for code, own in groupby(member.id[:COUNTY] for member in members)
        ],
        "ids": ",".join(member.id[COUNTY:] for member in members),
        "unit_names": "\n".join(member.names[0] for member in members),
        "aliases": {i: member.names[1:] for i, member in enumerate(members) if len(member.names) > 1},
        "unit_kinds": "".join(letters[member.kind] for member in members),
        "year": base,
        "years": [sum(1 << record.year - base for record in member.records) for member in members],
        "form_column": "".join(form_letters[record.form] for record in records),
        "flags": "".join(f"{record.flags:x}" for record in records),
        "requests": [record.requests for record in records],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _form(form: Form) -> list[Any]:
    labels = dict.fromkeys((label.table, label.text, label.figure) for label in form_labels(form))
    return [form.id, form.name, form.slug, [list(label) for label in labels]]
