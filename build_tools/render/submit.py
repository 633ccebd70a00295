"""The form page: what is to be read without scripts, and the places that overrides/assets/submit/*.js fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.forms import official
from build_tools.render.doors import door
from build_tools.render.engine import fill
from build_tools.render.page import Links, Page
from build_tools.submit import form_data, form_entry, language

SUBMIT = "submit/"
"""Where the form page stands, the files of the forms beside it."""

SCRIPTS = (
    *(f"search/{name}" for name in ("text", "files", "view")),
    *(
        f"submit/{name}"
        for name in (
            *("language", "number", "cells", "shape", "trial", "check", "yaml", "paste", "fitting", "sheets"),
            *("drafts", "grid", "told", "table", "fields", "handing", "unit", "page"),
        )
    ),
)
"""The scripts of the page, in the order they are loaded: each uses only those before it. Some are the search's."""

LAZY = ("search/archive", "search/spelling", "search/suggest", "compare/address", "compare/choose")
"""Those that find units by their names: loaded when somebody begins to type one."""

STYLE = "assets/submit/submit.css"


def submit_page(start: str, version: str, now: int, edit_base: str) -> Page:
    """The page that finds units by the search index whose first file is `start`; without an index they are typed.

    `now` is the year that is not over yet, `edit_base` where the repository's files are edited, or empty.
    """
    data = {**language(), "forms": [form_entry(form) for form in official().values()]}
    body = body_of(data, start, version, now, edit_base)
    style = f'<link rel="stylesheet" href="{Links(SUBMIT)(STYLE)}?v={version}">\n'
    return Page(SUBMIT, "录入一份年报", "在浏览器里填写、核对一份年报，得到可以交来的文件。", body, head=style)


def body_of(data: Mapping[str, Any], start: str, version: str, now: int, edit_base: str, **other: str) -> str:
    """What stands in the page, its data among it."""
    return fill(
        "submit.html.jinja",
        data=data,
        start=start,
        version=version,
        years=range(now - 1, data["numbers"]["year"] - 1, -1),
        scripts=SCRIPTS,
        lazy=LAZY,
        door=door(edit_base),
        go=Links(SUBMIT),
        download=other.get("download", "nianbao-form.html"),
    )


def form_files() -> Iterator[tuple[str, dict[str, Any]]]:
    """The files of the forms, which the page fetches when one is chosen: names and values."""
    for form in official().values():
        yield f"{form.slug}.json", form_data(form)
