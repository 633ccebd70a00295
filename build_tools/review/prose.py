"""Two versions of a report -> how much of each part of its prose is another. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from build_tools.history.change import Difference
from build_tools.history.compare import SECTION
from build_tools.model import Report
from build_tools.review.values import Amount


def amounts(old: Report, new: Report, difference: Difference) -> Iterator[Amount]:
    """The parts of the prose that `difference` names, each with how much of it changed."""
    for part in difference.parts:
        if part.id.startswith(SECTION):
            id_ = part.id.removeprefix(SECTION)
            yield _amount(part.name, *(_text(report, id_, part.name) for report in (old, new)))


def _text(report: Report, id_: str, name: str) -> str:
    """The text of a part; in a report in no form, whose ids are places in a row, that under the heading."""
    same = (s.text for s in report.sections if (s.heading == name if report.form.free else s.id == id_))
    return "\n\n".join(same)


def _amount(name: str, old: str, new: str) -> Amount:
    before, after = (
        Counter(p.strip() for p in re.split(r"\n\s*\n", text) if p.strip()) for text in (old, new)
    )
    added, removed = (after - before).total(), (before - after).total()
    changed = min(added, removed)
    return Amount(name, changed, added - changed, removed - changed, _characters(old), _characters(new))


def _characters(text: str) -> int:
    return len("".join(text.split()))
