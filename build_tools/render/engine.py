"""The templates: Jinja2, everything escaped, an unknown name is an error, compiled once."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Hashable
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol, cast

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    StrictUndefined,
    Template,
    select_autoescape,
)
from markupsafe import Markup

from build_tools.markdown import render as markdown

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Macro(Protocol):
    """A template's macro, called like a function."""

    def __call__(self, *args: Hashable) -> Markup: ...


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("build_tools.render"),
        # Page bodies are HTML, feeds XML; the Markdown page is text whose tables arrive as finished HTML.
        autoescape=select_autoescape(enabled_extensions=("html.jinja", "xml.jinja")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Templates are part of the program; to look for changes on each use would cost more than to use them.
        auto_reload=False,
        bytecode_cache=_compiled(),
    )
    # Safe, both: build_tools.markdown lets no raw HTML through and is tested for it.
    environment.filters["prose"] = lambda text: Markup(markdown(text))  # noqa: S704
    environment.filters["as_written"] = lambda text: Markup(markdown(text, as_written=True))  # noqa: S704
    environment.filters["numbered"] = _numbered
    # Safe: nothing in a script but `<` can begin what ends it.
    environment.filters["script"] = lambda data: Markup(_json(data).replace("<", r"\u003c"))  # noqa: S704
    # A JSON string is a YAML string too; the front matter of the Markdown page stays legible.
    environment.filters["quoted"] = lambda value: json.dumps(value, ensure_ascii=False)
    return environment


def _numbered(html: Markup, part: str) -> Markup:
    """Prose whose paragraphs have ids, `overview.1` and on, so that each can be linked."""
    first, *others = str(html).split("<p")
    # What begins so and is no paragraph has neither `>` nor a space there.
    ids = [f'<p id="{part}.{at}"' if rest[0] in "> " else "<p" for at, rest in enumerate(others, 1)]
    return Markup(first + "".join(map(str.__add__, ids, others)))  # noqa: S704


def _compiled() -> FileSystemBytecodeCache | None:
    """Compiled templates are kept where Python keeps compiled modules, if it may write there."""
    folder = Path(__file__).parent / "__pycache__"
    may = folder.is_dir() and os.access(folder, os.W_OK) and not sys.dont_write_bytecode
    return FileSystemBytecodeCache(str(folder)) if may else None


@cache
def template(name: str) -> Template:
    """A compiled template by its file name."""
    return _environment().get_template(name)


@cache
def macro(name: str, called: str) -> Macro:
    """The macro `called` of a template, compiled once."""
    return cast("Macro", getattr(template(name).module, called))


@cache
def kept(name: str, called: str) -> Macro:
    """The same, but what it gave is kept: for markup that many pages share."""
    return lru_cache(maxsize=4096)(macro(name, called))


def fill(name: str, **values: object) -> str:
    """Fill a template with values."""
    return template(name).render(values)
