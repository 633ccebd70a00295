"""What stands beside the cells: a report, a unit, a finding, a place in a form as a row of values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from build_tools import glossary
from build_tools.archive import COUNTY, PREFECTURE, PROVINCE, Entry, Register, folder_chain
from build_tools.county import Filed
from build_tools.export.lines import Value
from build_tools.finding import Finding
from build_tools.form import Column, ColumnGroup, Form, Row, TableForm
from build_tools.model import Report, Unit
from build_tools.render.once import once

Values = list[Value]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the units of a county are, in the columns of the dictionary, and where the site is, if that is known."""

    values: tuple[str, ...]
    site_url: str

    @classmethod
    def of(cls, register: Register, county: str, site_url: str) -> Places:
        """The codes and names of a county and what it lies in; empty where there is no such level."""
        levels = {len(division.code): division for division in folder_chain(register, county)}
        found = (levels.get(level) for level in (PROVINCE, PREFECTURE, COUNTY))
        return cls(tuple(text for d in found for text in ((d.code, d.name) if d else ("", ""))), site_url)


def report_row(filed: Filed, entry: Entry, places: Places, path: str) -> Values:
    """A report, in the columns of REPORTS; `path` is where it stands in the site."""
    report, unit, origin = filed.subject.report, filed.subject.unit, filed.subject.report.origin
    own: Values = [report.unit, report.year, unit.name, unit.kind.id, unit.kind.level, *places.values]
    said: Values = [report.title, report.form.id, report.published, report.scope]
    came: Values = [origin.url, origin.file, origin.sha256, origin.captured, origin.method]
    found: Values = [entry.errors, entry.warnings, entry.waived]
    return [*own, *said, *came, *found, sha256(filed.data).hexdigest(), places.site_url + path]


def unit_row(
    unit: Unit, places: Places, path: str, join: Callable[[Iterable[str]], str] = ";".join
) -> Values:
    """A unit, in the columns of UNITS; `join` makes one text of several."""
    former = [name.name for name in unit.former]
    kin = ([kin.id for kin in unit.predecessors], [kin.id for kin in unit.successors])
    return [
        *(unit.id, unit.name, unit.kind.id, unit.kind.level, *places.values, unit.homepage),
        *map(join, (unit.aliases, former, *kin)),
        places.site_url + path,
    ]


def finding_row(finding: Finding, report: Report) -> Values:
    """A finding, in the columns of FINDINGS."""
    spot = next(
        (s for table in report.tables.values() if (s := _spot(table.form, finding.path))), ("", "", "")
    )
    return [
        *(report.unit, report.year, finding.rule, finding.severity.value, *spot),
        *(finding.path, finding.message, finding.waived),
    ]


def _spot(form: TableForm, path: str) -> tuple[str, str, str] | None:
    """Table, row and column that a place as editors write it is about."""
    if found := _spots(form).get(path):
        return found
    return (form.id, "", "") if form.key in path.split("/")[:2] else None


@once(64)
def _spots(form: TableForm) -> Mapping[str, tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    for id_, line in form.lines.items():
        place = "/".join((form.key, *line.row.keys))
        found[place] = (form.id, id_, line.columns[0].id if len(line.columns) == 1 else "")
        found.update({f"{place}/{column.label}": (form.id, id_, column.id) for column in line.columns})
    return found


def label_rows(forms: Iterable[Form]) -> Iterator[Values]:
    """Every cell of the forms, in the columns of LABELS, in printed order."""
    for form in forms:
        for table in form.tables.values():
            for nth, values in enumerate(_labels(table), 1):
                row, column, *rest = values
                yield [form.id, table.id, row, column, nth, table.name, table.title, *rest]


def _labels(table: TableForm) -> Iterator[Values]:
    """Row, column, block, labels above the row and its own, the same of the column, unit, article, meaning."""
    for block in table.blocks:
        columns = dict(_columns(block.columns, ()))
        for row, above in _rows(block.rows, ()):
            said = glossary.entry(table, row.id) or glossary.Entry("")
            for column in table.lines[row.id].columns:
                heads = " / ".join(columns[column.id])
                own = [" / ".join(above), row.label, heads, column.label, column.measure]
                yield [row.id, column.id, block.caption, *own, said.law, said.means]


def _rows(rows: Iterable[Row], above: tuple[str, ...]) -> Iterator[tuple[Row, tuple[str, ...]]]:
    for row in rows:
        if row.id:
            yield row, above
        yield from _rows(row.rows, (*above, row.label))


def _columns(
    columns: Iterable[Column | ColumnGroup], above: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for column in columns:
        if isinstance(column, ColumnGroup):
            yield from _columns(column.columns, (*above, column.label))
        else:
            yield column.id, above
