"""A county now and as it was -> what the branch does in it: its reports, findings that are new or gone."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from build_tools.archive import Subject
from build_tools.brief import Figures
from build_tools.brief.since import changed
from build_tools.finding import Finding
from build_tools.formatting import layout
from build_tools.forms import official
from build_tools.history import Kind
from build_tools.history.compare import between, read
from build_tools.history.log import report_of
from build_tools.indicators import readings
from build_tools.review.prose import amounts
from build_tools.review.side import Known, Side
from build_tools.review.values import Part, Reviewed
from build_tools.store import Text


@dataclass(frozen=True, slots=True)
class Both:
    """The archive now, and as it was."""

    new: Side
    old: Side


def part(both: Both, job: tuple[str, Sequence[str]]) -> Part:
    """What was done in a county; its folder is given with those of its files that were changed."""
    folder, files = job
    new, old = both.new.county(folder), both.old.county(folder)
    found, gone = _apart(old.findings, new.findings)
    known = Known.of(new), Known.of(old)
    reports = [_reviewed(both, known, id_, own) for id_, own in _reports(files).items()]
    return Part(tuple(one for one in reports if one), found, gone)


def _apart(old: Sequence[Finding], new: Sequence[Finding]) -> tuple[tuple[Finding, ...], int]:
    """The open findings that are new, and how many are there no more. A line that only moved counts for nothing."""
    left = Counter(_what(finding) for finding in old if not finding.waived)
    found = []
    for finding in new:
        if not finding.waived:
            if left[_what(finding)]:
                left[_what(finding)] -= 1
            else:
                found.append(finding)
    return tuple(found), left.total()


def _what(finding: Finding) -> tuple[str, ...]:
    return finding.file, finding.rule, finding.path, finding.message


def _reports(files: Sequence[str]) -> Mapping[tuple[str, int], Sequence[str]]:
    """The files of reports, by unit and year."""
    found = dict[tuple[str, int], list[str]]()
    for file in files:
        if id_ := report_of(os.fsencode(file)):
            found.setdefault(id_, []).append(file)
    return found


def _reviewed(
    both: Both, known: tuple[Known, Known], id_: tuple[str, int], files: Sequence[str]
) -> Reviewed | None:
    old, new = both.old.text(files), both.new.text(files)
    if old == new:  # what git takes for changed may be the same
        return None
    about = Reviewed(id_[0], _name(both, known, id_[0]), id_[1], new.file or old.file, Kind.REMOVED)
    if not new.file:
        return about
    about = replace(about, since=_since(known[0].reports.get(id_)), untidy=_untidy(new, id_))
    return _changed(about, old.data, new.data) if old.file else replace(about, kind=Kind.ADDED)


def _name(both: Both, known: tuple[Known, Known], unit: str) -> str:
    found = next((side.units[unit] for side in known if unit in side.units), None)
    return both.new.name(found) if found else unit


def _since(subject: Subject | None) -> str:
    """What the page of the report says of it against the year before."""
    last = subject.last if subject else None
    if not subject or not last:
        return ""
    now, before = (Figures.of(report, readings(report)) for report in (subject.report, last))
    return "；".join(said.text for said in changed(subject, now, before)) if now.read else ""


def _untidy(text: Text, id_: tuple[str, int]) -> bool:
    tidy = None if text.problems else layout(text.text, *id_)[0]
    return tidy is not None and tidy != text.text


def _changed(about: Reviewed, old: bytes, new: bytes) -> Reviewed:
    before, after = (read(about.unit, about.year, data, official()) for data in (old, new))
    difference = between(before, after)
    prose = tuple(amounts(before, after, difference)) if before and after else ()
    same = not (difference.cells or difference.parts or difference.unread)
    return replace(about, kind=Kind.LAYOUT if same else Kind.CHANGED, difference=difference, prose=prose)
