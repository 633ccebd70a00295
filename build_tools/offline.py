"""A finished site -> one zip whose pages open from a disk, search and comparison among them.

On a disk no host answers for a folder and a page may not fetch: links to folders name the folder's page, and
what search and comparison fetch stands as a script that delivers the same bytes. The same site gives the same zip.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import os
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from build_tools.files import UnreadableError, open_ordinary, why

TOP = "nianbao-offline"
"""The folder in the zip, so that unpacking it anywhere scatters nothing."""

GUIDE = "使用说明.txt"
_GUIDE = """\
\ufeff政府信息公开年报档案的离线副本

一、先把压缩包全部解压出来，不要在压缩包里直接打开。
二、用浏览器打开这个文件夹里的 index.html。
三、不用联网，也能看全部年报，也能搜索、对比。

文件夹可以复制到 U 盘或别的电脑上，里面的文件不要改名，也不要单独挪出来。
"""
"""For the notepads of Windows: a byte order mark first, and written with their ends of lines."""

_WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can tell: no clock in it
_LEFT_OUT = re.compile(
    r"404\.html|manifest\.tsv|manifest/.*|sitemap\.xml|sitemap/.*|robots\.txt|llms\.txt|_redirects|redirects/.*"
)
"""What is for hosts and robots only; the links of 404.html begin at the host's root."""

_FETCHED = re.compile(
    r"units/.*/report\.json|api/v1/(?:index|indicators|(?:forms|units)/[^/]+)\.json|submit/\w+\.json"
)
"""What pages fetch beside the search index; it stays a download too."""

_ATTRIBUTES = r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>"""
_TAG = re.compile(
    rf"<!--.*?-->|(<(script|style|textarea|title)\b{_ATTRIBUTES})(.*?</\2\s*>)|<[a-z]{_ATTRIBUTES}",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""(\s)([^\s=>"'/]++)(?:\s*+=\s*+(?:"([^"]*+)"|'[^']*+'|[^\s"'>]++))?+""")
_LINKS = {"href", "src", "action"}
_REFRESH = re.compile(r'(content="0; url=)([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]", re.IGNORECASE)


def page(text: str, path: str) -> str:
    """The page that stands at `path` of the site, its links to folders of the site leading to their pages.

    Reads HTML as this site writes it: links in double quotes. Text, comments and other attributes stay.
    """
    return _TAG.sub(partial(_tag, depth=path.count("/")), text)


def _tag(found: re.Match[str], depth: int) -> str:
    words = found[0].lower()
    if 'http-equiv="refresh"' in words:
        return _REFRESH.sub(
            lambda to: f'{to[1]}{html.escape(address(html.unescape(to[2]), depth))}"', found[0]
        )
    if words.startswith("<!--") or not ("href" in words or "src" in words or "action" in words):
        return found[0]  # most tags are done with here, without a look at each attribute
    # The inside of a script, style, text area or title is text.
    tag, inside = (found[1], found[3]) if found[1] else (found[0], "")
    return _ATTRIBUTE.sub(partial(_attribute, depth=depth), tag) + inside


def _attribute(found: re.Match[str], depth: int) -> str:
    blank, name, value = found.groups()
    if value is None or name.lower() not in _LINKS:
        return found[0]
    link = html.unescape(value)
    led = address(link, depth)
    return found[0] if led == link else f'{blank}{name}="{html.escape(led)}"'


def address(link: str, depth: int) -> str:
    """Where a link of a page `depth` folders deep leads on a disk; one to a file or out of the site is itself."""
    path = re.split("[?#]", link.strip(), maxsplit=1)[0]
    last = path.rpartition("/")[2]
    if not path or _ELSEWHERE.match(path) or last not in {"", ".", ".."} or _outside(path, depth):
        return link
    folder = path if last == "" else f"{path}/"
    return f"{folder}index.html{link.strip()[len(path) :]}"


def _outside(path: str, depth: int) -> bool:
    for step in path.split("/"):
        depth += {"": 0, ".": 0, "..": -1}.get(step, 1)
        if depth < 0:
            return True
    return False


def script(path: str, data: bytes) -> bytes:
    """The script that stands for a file of the site which a page fetches."""
    packed = base64.b64encode(data).decode("ascii")
    return f'nianbao.deliver({json.dumps(path)},"{packed}");\n'.encode("ascii")


def members(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """What stands in the copy for a file of the site: names below the top folder and bytes."""
    if _LEFT_OUT.fullmatch(path):
        return
    if path.endswith(".html"):
        yield path, _page(data, path)
        return
    index = path.startswith("search/index/") and path.endswith(".bin")
    if not index:
        yield path, data
    if index:
        yield f"{path}.js", script(path, data)
    elif _FETCHED.fullmatch(path):
        yield f"{path}.js", script(path, gzip.compress(data, mtime=0))


def _page(data: bytes, path: str) -> bytes:
    """A page that is not ours, such as a host's proof of ownership, may be in another encoding: its bytes stay."""
    return page(data.decode("utf-8", "surrogateescape"), path).encode("utf-8", "surrogateescape")


def write(site: Path, target: Path) -> int:
    """Write the zip of a finished site and count its pages; whole or not at all.

    Raises UnreadableError where there is no site, or where it cannot be read or the zip not be written.
    """
    if not (site / "index.html").is_file():
        raise UnreadableError(f"{site} 里没有做好的网站。先运行 make build，或用 --site 指明网站在哪里。")
    folder = target.parent
    if not folder.is_dir():
        raise UnreadableError(f"写不进 {target}：没有 {folder} 这个目录。")
    try:
        # Beside the target, so that the last step is a renaming; goes again whatever happens.
        with tempfile.TemporaryDirectory(dir=folder, prefix=".nianbao-offline-") as aside:
            unfinished = Path(aside) / "unfinished.zip"
            pages = _pack(site.resolve(), unfinished, {target.resolve(), Path(aside).resolve()})
            unfinished.replace(target)
    except OSError as error:
        raise UnreadableError(f"写不进 {target}：{why(error)}。") from error
    return pages


def _pack(site: Path, target: Path, but: set[Path]) -> int:
    """One file of the site in memory at a time, and of those written their entries, about half a kB each."""
    pages = 0
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr(_member(GUIDE), _GUIDE.replace("\n", "\r\n"))
        for path in _files(site, site, but):
            for name, data in members(path, _read(site / path)):
                packed.writestr(_member(name), data)
                pages += name.endswith(".html")
    return pages


def _files(site: Path, folder: Path, but: set[Path]) -> Iterator[str]:
    """Paths below the site in an order that does not depend on the disk's; `but` is what is being written."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise UnreadableError(f"读不到 {folder}：{why(error)}。") from error
    for entry in entries:
        path = folder / entry.name
        if path in but:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(site, path, but)
        else:
            yield path.relative_to(site).as_posix()


def _read(path: Path) -> bytes:
    try:
        return open_ordinary(path)[0]
    except OSError as error:
        raise UnreadableError(f"读不到 {path}：{why(error)}。") from error


def _member(name: str) -> zipfile.ZipInfo:
    """An entry that is the same on every system and at every hour."""
    info = zipfile.ZipInfo(f"{TOP}/{name}", _WHEN)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3  # Unix, where the permissions are read
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    return info
