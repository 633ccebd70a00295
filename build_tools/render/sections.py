"""How the parts of a report are headed: the words of the form, or what is printed instead."""

from __future__ import annotations

from build_tools.form import SectionForm
from build_tools.model import Report


def heading(report: Report, section: SectionForm) -> tuple[str | None, str]:
    """The heading shown (None: not printed), and the official one where it differs."""
    if section.heading not in report.headings:
        return section.title, ""
    printed = report.headings[section.heading]
    if printed is None:
        return None, section.title
    return (printed if printed.startswith(section.number) else f"{section.number}、{printed}"), section.title
