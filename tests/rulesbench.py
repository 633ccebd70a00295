"""What the rules that read prose cost: `python -m tests.rulesbench [REPORTS]`, in ms a report on one core.

Each rule alone has to read the prose itself; all together they read it once. The best of several rounds counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

from build_tools.archive import Subject
from build_tools.decode import decode
from build_tools.forms import official
from build_tools.rules import RULES
from build_tools.rules.rule import Rule
from build_tools.rules.view import View
from build_tools.source import parse
from build_tools.units import decode_unit

ROUNDS = 7


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


def cost(found: list[Subject], rules: Iterable[Rule]) -> float:
    """Milliseconds a report."""
    checks = [(rule, rule.check) for rule in rules if rule.check]
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for subject in found:
            view = View.of(subject)
            for rule, check in checks:
                if rule.holds_for(subject.report.year):
                    list(check(view))
        best = min(best, time.process_time() - start)
    return 1000 * best / len(found)


if __name__ == "__main__":
    given = subjects(Path(sys.argv[1] if len(sys.argv) > 1 else "reports"))
    prose = [rule for rule in RULES if rule.prose]
    length = sum(len(subject.report.text()) for subject in given) // len(given)
    print(f"{len(given)} reports, {length} characters each")  # noqa: T201
    print(f"{cost(given, prose):.3f} ms  rules that read prose; {cost(given, RULES):.3f} all rules")  # noqa: T201
    for one in prose:
        print(f"{cost(given, [one]):.3f} ms  {one.id}")  # noqa: T201
