"""What rules cost: `python -m tests.rulesbench [REPORTS]`, in ms of one core a report.

All rules look at one view of a report, which reads it once: the first that asks for something pays for it. The best of
many rounds counts, of each rule and of all. Rules that look at other reports of the county see none here.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from build_tools.archive import Subject
from build_tools.decode import decode
from build_tools.forms import official
from build_tools.rules import RULES
from build_tools.rules.view import View
from build_tools.source import parse
from build_tools.units import decode_unit
from tests.devset import READING

ROUNDS, SHOWN = 60, 20


def subjects(folder: Path) -> list[Subject]:
    """The reports of a folder, each alone in its series."""
    found = []
    for file in sorted(folder.glob("*/*/*/[0-9]*.yml")):
        report, _ = decode(
            parse(file.read_text(encoding="utf-8")), file.parent.name, int(file.stem), official()
        )
        unit, _ = decode_unit(parse((file.parent / "unit.yml").read_text(encoding="utf-8")), file.parent.name)
        if report and unit:
            found.append(Subject(report, unit, (report,), {}, str(file), 2026))
    return found


def costs(found: Iterable[Subject]) -> Counter[str]:
    """Seconds of processor time by rule, over all reports."""
    spent: Counter[str] = Counter()
    for subject in found:
        view = View.of(subject)
        for rule in RULES:
            if rule.check and rule.holds_for(subject.report.year):
                start = time.process_time_ns()
                list(rule.check(view))
                spent[rule.id] += time.process_time_ns() - start
    return spent


def best(found: list[Subject]) -> dict[str, float]:
    """Milliseconds a report by rule."""
    rounds = [costs(found) for _ in range(ROUNDS)]
    return {rule: min(spent[rule] for spent in rounds) / 1e6 / len(found) for rule in rounds[0]}


if __name__ == "__main__":
    given = subjects(Path(sys.argv[1] if len(sys.argv) > 1 else "reports"))
    length = sum(len(subject.report.text()) for subject in given) // len(given)
    told = best(given)
    reading = sum(told[rule] for rule in READING if rule in told)
    print(f"{len(given)} reports, {length} characters each")  # noqa: T201
    print(f"{sum(told.values()):.2f} ms all rules; {reading:.2f} those that read")  # noqa: T201
    for rule, cost in Counter(told).most_common(SHOWN):
        print(f"{cost:.3f} ms  {rule}")  # noqa: T201
