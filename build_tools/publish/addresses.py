"""The addresses of a site, held against those of the release before: none may vanish."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from build_tools.files import UnreadableError, open_ordinary, why
from build_tools.publish import manifest
from build_tools.publish.tree import Tree
from build_tools.shell import HOME
from build_tools.stopped import StoppedError

_STAYS = re.compile(
    r"(?:.*/)?index\.html|feeds/[^/]+|(?:units|regions)/[^/]+/atom\.xml"
    r"|api/v1/(?:[^/]+|regions/index|units/[^/]+|forms/[^/]+)\.json"
)
"""Paths that stay for ever. What a report alone has beside its page goes with it when it is withdrawn."""

_ID, _AT = (r"\1", "新编号"), (r"\1/\2", r"新编号/\2")
_MOVED = "移走的，在 reports/moved.csv 写一行 {0[0]},{0[1]},日期,原因"
_WITHDRAWN = r"撤下的，在 reports/withdrawn.csv 写一行 \1,\2,日期,原因,提出的机关"
_LISTED = "里面的单位和报告移走、撤下了，就写进 moved.csv、withdrawn.csv，这一页会留着，说明去向。"
_ADVICE = (
    (re.compile(r"/units/([^/]+)/(\d{4})/"), f"{_MOVED.format(_AT)}；{_WITHDRAWN}。"),
    (
        re.compile(r"/(?:api/v1/)?units/([^/]+)(?:/|/atom\.xml|\.json)"),
        f"{_MOVED.format(_ID)}；没有移走的，恢复它的 unit.yml。",
    ),
    (re.compile(r"/data/.*"), f"{_LISTED}做网站时写了 --no-data 的，去掉它。"),
    (re.compile(r"/(?:years|regions|quality)/.*"), _LISTED),
    (re.compile(r"/(?:rules|(?:api/v1/)?forms)/.*"), "规则和格式的编号永不取消，恢复它。"),
    (re.compile(r"/(?:api|feeds)/.+"), "接口和订阅的网址永不取消，恢复它。"),
    (re.compile(r".*"), "手写的页不要删去或改名：在 docs 的原处留一页，写明内容移到了哪里。"),
)
"""What to do about a lost address, by what stood there."""


class NoSiteError(StoppedError):
    """Where a site, or a list of its addresses, should be, there is none."""


def addresses(site: Path) -> frozenset[str]:
    """The addresses of a site, from its top: `/units/330411103/2020/`. Of its files only lists are read.

    They are those of all pages, of feeds, and of the API's files of which something is said wherever they went.
    """
    tree = Tree(site)
    if not tree.finished():
        raise NoSiteError(f"{site} 里没有做好的网站，也没有它的 {manifest.TOP}。先运行 make build。")
    paths = (path for part in tree.parts() for path in tree.listing(part))
    return frozenset(f"/{path.removesuffix(HOME)}" for path in paths if _STAYS.fullmatch(path))


def listed_addresses(where: Path) -> frozenset[str]:
    """The addresses that a file lists, one to a line; or those of a site in a folder, of which its lists are enough."""
    if where.is_dir():
        return addresses(where)
    try:
        lines = open_ordinary(where)[0].decode("utf-8").splitlines()
    except OSError as error:
        raise UnreadableError(f"读不到 {where}：{why(error)}。") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{where} 不是 UTF-8 文字。") from error
    if odd := [line for line in lines if not (line.startswith("/") and line.isprintable())]:
        raise UnreadableError(f"{where} 里的“{odd[0][:80]}”不是网址。每行写一个，以 / 开头。")
    return frozenset(lines)


def as_text(known: Iterable[str]) -> str:
    """Addresses as they stand in a file."""
    return "".join(f"{address}\n" for address in sorted(known))


def advice(lost: str) -> str:
    """What to do about an address that is gone."""
    told = next((found.expand(words) for at, words in _ADVICE if (found := at.fullmatch(lost))), "")
    return f"{lost}　{told}"
