"""What the preview shows in place of a report that cannot be read: why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.finding import Finding
from build_tools.render.engine import fill
from build_tools.render.page import Links, Page, report_path, unit_path


def unreadable_page(unit: str, year: int, findings: Sequence[Finding]) -> Page:
    """The page of a report, or with year 0 of a unit, whose file has these faults."""
    path = report_path(unit, year) if year else unit_path(unit)
    title = f"{year}年度的年报还读不出来" if year else "单位说明还读不出来"
    body = fill("unreadable.html.jinja", title=title, findings=findings, go=Links(path))
    return Page(path, title, title, body)
