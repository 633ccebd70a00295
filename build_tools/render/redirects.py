"""Where things moved, as hosts read it, so that they can answer 301: maps for nginx and Caddy, `_redirects`, a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

FOLDER = "redirects/"
"""Where the lists stand, but for `_redirects`, which hosts look for at the top."""

AT_TOP = "_redirects"

Ways = Sequence[tuple[str, str]]
"""Old and new paths of folders, from the top of the site."""

_MANY = "# 照此，旧网址和它下面的一切都转到新网址；由 reports/moved.csv 做成，每次发布以后重新读。"


def redirect_lists(site_url: str, folders: Ways, pages: Ways, files: Ways = ()) -> Mapping[str, str]:
    """The lists by path. `folders`: with all below them, the more exact first; `pages`: every page that leads on.

    `files` are single ones that no page can lead on from.
    """
    top = top_of(site_url)
    fixed = [(re.escape(top + old), top + new) for old, new in folders]
    alone = [(top + old, top + new) for old, new in files]
    nginx = [f'"~^{old}(?<moved_rest>.*)$" "{new}$moved_rest";' for old, new in fixed]
    caddy = [f'~^{old}(.*)$ "{new}${{1}}"' for old, new in fixed]
    hosts = [f"{top}{old}* {top}{new}:splat 301" for old, new in folders]
    return {
        f"{FOLDER}nginx.map": _lines([*nginx, *(f'"{old}" "{new}";' for old, new in alone)]),
        f"{FOLDER}caddy.map": _lines([*caddy, *(f'{old} "{new}"' for old, new in alone)]),
        f"{FOLDER}pages.tsv": "".join(f"{top}{old}\t{top}{new}\n" for old, new in pages),
        AT_TOP: _lines([*hosts, *(f"{old} {new} 301" for old, new in alone)]),
    }


def top_of(site_url: str) -> str:
    """The path that the site stands at on its host; `/` where its address is not known."""
    return f"{urlsplit(site_url).path.rstrip('/')}/"


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in (_MANY, *lines))
