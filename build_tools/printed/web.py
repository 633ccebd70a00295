"""A laid out report -> a web page that stands alone: no script, nothing fetched, readable without a network."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from build_tools.printed.layout import TITLE, Printed
from build_tools.render.engine import fill


def write(laid: Printed) -> bytes:
    """The page as UTF-8."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = fill("printed.html.jinja", laid=laid, title=TITLE, style=style, digest=digest)
    return page.encode()


@cache
def _style() -> str:
    return files(__package__).joinpath("web.css").read_text(encoding="utf-8")
