"""The form page: what is to be read without scripts, and the places that overrides/assets/submit/*.js fill.

The same page is also one file to download, which holds its scripts, styles and forms and opens from a disk.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from build_tools.forms import official
from build_tools.render.doors import door
from build_tools.render.engine import fill
from build_tools.render.page import Links, Page
from build_tools.submit import form_data, form_entry, language

SUBMIT = "submit/"
"""Where the form page stands, the files of the forms beside it."""

ALONE = "nianbao-form.html"
"""The page as one file, to be downloaded."""

SCRIPTS = (
    *("search/files", "search/view"),
    *("submit/loading", "submit/drafts", "submit/unit", "submit/page"),
)
"""The scripts of the page, in the order they are loaded: each uses only those before it. Some are the search's."""

LATER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fill": (
            *(
                "submit/language",
                "submit/number",
                "submit/cells",
                "submit/shape",
                "submit/trial",
                "submit/check",
            ),
            *("submit/yaml", "submit/paste", "submit/fitting", "submit/known", "submit/grid", "submit/told"),
            *("submit/table", "submit/fields", "submit/handing", "submit/filling"),
        ),
        "pick": ("submit/sheets",),
        "find": (
            *("search/text", "search/archive", "search/spelling", "search/suggest"),
            *("compare/address", "compare/choose"),
        ),
    }
)
"""Those that come when they are needed: to fill in a report, to read a file, to find a unit by its name."""

CSS = ("archive.css", "submit/submit.css")
"""The styles of the page; the first are those of all pages."""

ASSETS = (
    *CSS,
    *(f"{name}.js" for names in (SCRIPTS, *LATER.values()) for name in names),
)
"""Every file of the theme that the page is made of, below assets/."""

Asset = Callable[[str], str]
"""Gives the text of a file of the theme by its path below assets/."""


def submit_page(start: str, version: str, now: int, edit_base: str) -> Page:
    """The page that finds units by the search index whose first file is `start`; without an index they are typed.

    `now` is the year that is not over yet, `edit_base` where the repository's files are edited, or empty.
    """
    body = _body(_data(), now, edit_base, start=start, version=version, go=Links(SUBMIT), alone=False)
    style = f'<link rel="stylesheet" href="{Links(SUBMIT)(f"assets/{CSS[-1]}")}?v={version}">\n'
    return Page(
        SUBMIT, "录入一份年报", "在浏览器里填写、核对一份年报，得到可以交来的文件。", body, head=style
    )


def alone(asset: Asset, now: int, edit_base: str, base: str) -> str:
    """The same as one file; `base` is the address of the site, or empty. Nothing but what it holds can run in it."""
    whole = {form.id: form_data(form) for form in official().values()}
    *first, page = SCRIPTS  # the page's own script begins at once, so that it comes last
    script = "\n".join(asset(f"{name}.js") for name in (*first, *LATER["fill"], *LATER["pick"], page))
    style = "\n".join(map(asset, CSS))
    body = _body(
        {**_data(), "whole": whole}, now, edit_base, start="", version="", go=_elsewhere(base), alone=True
    )
    policy = f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'"
    # Safe: both are files of the theme, and neither holds what would end its element.
    return fill(
        "submit_alone.html.jinja",
        policy=f"{policy}; img-src data:; base-uri 'none'; form-action 'none'",
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        body=Markup(body),  # noqa: S704
        base=base,
    )


def form_files() -> Iterator[tuple[str, dict[str, Any]]]:
    """The files of the forms, which the page fetches when one is chosen: names and values."""
    for form in official().values():
        yield f"{form.slug}.json", form_data(form)


def _data() -> dict[str, Any]:
    return {**language(), "forms": [form_entry(form) for form in official().values()]}


def _body(data: dict[str, Any], now: int, edit_base: str, **page: object) -> str:
    years = range(now - 1, data["numbers"]["year"] - 1, -1)
    return fill(
        "submit.html.jinja",
        data=data,
        years=years,
        scripts=SCRIPTS,
        later=LATER,
        door=door(edit_base),
        download=ALONE,
        **page,
    )


def _elsewhere(base: str) -> Callable[[str], str]:
    """Links of a file that may lie anywhere: whole addresses, or none."""
    return lambda target: base and base + target


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
