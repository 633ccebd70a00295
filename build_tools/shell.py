"""The theme's page as MkDocs made it once, cut at its tokens and filled for every report.

MkDocs, the theme and every plugin render one *probe page* per depth of address in the ordinary way. Its title,
description, address and body are tokens; a shell is that finished HTML in pieces between them.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from build_tools.stopped import StoppedError

TITLE = "zq7title7qz"
DESCRIPTION = "zq7description7qz"
BODY = "zq7body7qz"
HOME = "index.html"
"""The file in the folder of an address that hosts show for it."""

HEAD = "zq7head7qz"
"""The end of <head>, where stands what one page alone has in it. No token of the probe's: the place is found."""

STEP = "zq7step"
"""The probe's address is made of these, one per folder: zq7step1/zq7step2/."""

_BODY = re.compile(rf"<h1[^>]*>\s*{TITLE}.*?</h1>\s*<p>{BODY}</p>", re.DOTALL)


class ShellError(StoppedError):
    """The theme's page cannot serve as a shell; the message says what is missing in it."""


def address(depth: int) -> str:
    """The address of the probe page that stands `depth` folders deep."""
    return "".join(f"{STEP}{n}/" for n in range(1, depth + 1))


def probe(depth: int) -> tuple[str, str]:
    """The probe's source path and Markdown."""
    head = f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nhide: [navigation, toc]\n---\n"
    return f"{address(depth).rstrip('/')}.md", f"{head}\n# {TITLE}\n\n{BODY}\n"


@dataclass(frozen=True, slots=True)
class Shell:
    """A page of the theme for addresses of one depth: literal pieces and the names of the slots between."""

    pieces: tuple[str, ...]
    slots: tuple[str, ...]

    def fill(self, *, path: str, title: str, description: str, body: str, head: str = "") -> str:
        """The page at `path` (`units/330411103/2020/`). Only `body` and `head` are HTML; the rest is escaped here."""
        values = {
            TITLE: html.escape(title),
            DESCRIPTION: html.escape(description),
            BODY: body,
            HEAD: head,
            STEP: html.escape(path),
        }
        parts = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts += (values[slot], piece)
        return "".join(parts)


def cut(page: str, depth: int) -> Shell:
    """Cut a rendered probe page into a shell; raise ShellError if the theme dropped a token."""
    page, found = _BODY.subn(BODY, page)
    if found != 1:
        raise ShellError(
            f"用主题做出的网页里，标题和正文出现了 {found} 次，应当正好一次，年报的网页没法照它做。"
            "检查 overrides/ 里的模板、mkdocs.yml 里的插件和钩子：正文要原样放一次。"
        )
    parts = re.split(f"({re.escape(address(depth))}|{TITLE}|{DESCRIPTION}|{BODY}|(?=</head>))", page)
    slots = tuple(STEP if part.startswith(STEP) else part or HEAD for part in parts[1::2])
    if TITLE not in slots or slots.count(HEAD) != 1 or STEP in "".join(parts[::2]):
        raise ShellError(
            "用主题做出的网页里没有标题，或者 </head> 没有或不止一个，或者网址被改动了，年报的网页没法照它做。"
            "检查 overrides/ 里的模板、mkdocs.yml 里的插件和钩子：标题和网址要原样保留。"
        )
    return Shell(tuple(parts[::2]), slots)
