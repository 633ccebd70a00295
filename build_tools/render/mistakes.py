"""The form by which a reader tells a mistake, filled in as far as the page knows.

Where it stands is an address with slots: {report}, {cell}, {value}, {source}. Every host has its own:
https://github.com/us/archive/issues/new?template=correction.yml&report={report}&cell={cell}&value={value}&source={source}
"""

from __future__ import annotations

from urllib.parse import quote

from build_tools.model import Report
from build_tools.render.page import report_path

LONGEST = 1000
"""Characters of an address of the original that are handed on: servers refuse long ones, and with it the form."""


def mistake_form(form: str, report: Report, site: str) -> str:
    """The address for this report; {cell} and {value} are left to the page's script. Empty where there is no form."""
    source = (report.origin.url or report.origin.file)[:LONGEST]
    known = {"report": f"{site or '/'}{report_path(report.unit, report.year)}", "source": source}
    for slot, value in known.items():
        form = form.replace(f"{{{slot}}}", quote(value, safe=""))
    return form
