"""What each document of the API holds, as JSON Schemas: the one place where their keys are explained."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.api.schemas.archive import archive_schemas
from build_tools.api.schemas.changes import change_schemas
from build_tools.api.schemas.forms import form_schemas
from build_tools.api.schemas.reports import report_schemas
from build_tools.api.schemas.shapes import Schema


def schemas() -> Mapping[str, Schema]:
    """The schemas by name."""
    return {**archive_schemas(), **form_schemas(), **report_schemas(), **change_schemas()}
