"""TX-LINKS: links lead to sites of governments."""

import re
from collections.abc import Iterator

from build_tools.rules.aids.hosts import host, of_government
from build_tools.rules.aids.search import first_of
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_LINK = re.compile(
    r"(https?|ftp|javascript|data|file)://([A-Za-z0-9.\-]{1,120})|file:///|(?:javascript|data):[a-z(]|\]\(#?\)",
    re.IGNORECASE,
)
_ACCOUNTS = "mp.weixin.qq.com"  # where units' own public accounts are read
_INTERNAL = ("10.", "192.168.")


def check(view: View) -> Iterator[Outcome]:
    """The unit's own site and the site the report was taken from will do too; internal ones are PV-CREDENTIAL's."""
    own = {host(address) for address in (view.unit.homepage, view.report.origin.url)} - {""}
    for text in view.prose:
        if ":" in text.plain or "](" in text.plain:
            strange = [match for match in _LINK.finditer(text.plain) if not _is_good(match, own)]
            yield from first_of(text, strange, "网址“{}”不是政府网站的", HINT)


def _is_good(link: re.Match[str], own: set[str]) -> bool:
    name = (link[2] or "").lower().rstrip(".")
    known = of_government(name) or name in {*own, _ACCOUNTS} or name.startswith(_INTERNAL)
    return known and (link[1] or "").lower() in {"http", "https"}


HINT = "核对抄录，抄错了就改正；原件就是这样写的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-LINKS",
    severity=WARNING,
    basis=Basis.ARCHIVE,
    title="正文里的网址是政府网站的",
    reason="单位换了域名，旧域名常被别人买去；年报里的网址过几年就可能指到不相干甚至有害的网站。",
    advice="核对抄录。原件如此，照录，在“确认”里写明理由。",
    check=check,
)
