"""A web page -> the element that holds the report, and what the page's head says of it."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from build_tools.importing.blocks import Told
from build_tools.importing.choose import LONGEST
from build_tools.importing.labels import key, vocabulary
from build_tools.source.scalars import iso_date

UNREAD = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "form",
        "button",
        "select",
        "iframe",
        "object",
        "svg",
        "title",
    ]
)
BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "center",
        "figure",
        "figcaption",
        "address",
        "body",
        "td",
        "th",
    ]
)
_SENTENCE = 30


def told(root: HtmlElement) -> Told:
    """What the page's head says; the names are those that government sites use for it."""
    said = {(m.get("name") or "").lower(): (m.get("content") or "").strip() for m in root.iter("meta")}
    day = said.get("pubdate", "")[:10].replace("/", "-")
    url = said.get("url", "")
    return Told(
        " ".join((said.get("articletitle") or _heading(root)).split()),
        day if iso_date(day) else "",
        url if url.startswith(("http://", "https://")) and not re.search(r"[\s<>\"]", url) else "",
    )


def _heading(root: HtmlElement) -> str:
    return next(
        (text for tag in ("h1", "title") for e in root.iter(tag) if (text := e.text_content().strip())), ""
    )


def around(root: HtmlElement) -> HtmlElement:
    """The smallest element that holds four in five of the places where the page names parts of a form."""
    words = vocabulary()
    hits = [
        e for e in root.iter() if isinstance(e.tag, str) and e.tag not in UNREAD and key(_own(e)) in words
    ]
    count: dict[HtmlElement, int] = {}
    for element in hits:
        for above in element.iterancestors():
            count[above] = count.get(above, 0) + 1
    enough = [element for element, n in count.items() if n >= 0.8 * len(hits) and element.tag in BLOCKS]
    inner = min(enough, key=lambda e: sum(1 for _ in e.iter()), default=root)
    while inner.tag in {"table", "tbody", "tr"} or (inner.getparent() is not None and _thin(inner)):
        inner = inner.getparent()
    return inner


def _thin(element: HtmlElement) -> bool:
    """Whether the element holds tables alone, so that the prose must stand around it."""
    return not any(
        len(text.strip()) > _SENTENCE for e in element.iter("p", "div") for text in [e.text or ""]
    ) and (element.tag not in {"body", "html"})


def _own(element: HtmlElement) -> str:
    text = element.text_content()
    return text if len(text) <= LONGEST else ""
