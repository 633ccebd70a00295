"""The door of this room: the archive as a tree of JSON files below /api/v1/. Pure values in, names and texts out.

A report's own file is units/<unit>/<year>/report.json beside its page; it stands nowhere else, the API leads to it.
What stands here is promised: keys are added, none is taken away or given another meaning (openapi.py).
"""

from build_tools.api.addresses import API, unit_file
from build_tools.api.top import Counts, archive_documents, region_documents
from build_tools.api.units import county_documents, moved_unit

__all__ = [
    "API",
    "Counts",
    "archive_documents",
    "county_documents",
    "moved_unit",
    "region_documents",
    "unit_file",
]
