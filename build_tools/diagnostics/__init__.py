"""Findings -> text, json, github, gitlab, sarif, junit, md. Pure functions, none of which meets a file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from build_tools.diagnostics.github import github
from build_tools.diagnostics.gitlab import gitlab
from build_tools.diagnostics.glyphs import Format
from build_tools.diagnostics.json_list import json_list
from build_tools.diagnostics.junit import junit
from build_tools.diagnostics.md import md
from build_tools.diagnostics.sarif import sarif
from build_tools.diagnostics.text import text

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": text,
        "json": json_list,
        "github": github,
        "gitlab": gitlab,
        "sarif": sarif,
        "junit": junit,
        "md": md,
    }
)
"""The formats by the names they have on the command line; the first is the usual one."""
