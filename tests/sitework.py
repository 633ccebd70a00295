"""Builds sites for tests, serves them, and reads their pages."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a careful host may send: a site that needs inline script or another host breaks under it."""

PREFIX = "/archive"
"""The site is served below a path of its own, as on many hosts."""


LIST = """\
年度,单位编号,单位名称,应公开日期,依据
2019,410182110,贾峪镇,2020-01-31,荥阳市政务公开领导小组办公室年报通知
2020,410182,荥阳市人民政府,,荥阳市政府信息公开名录
2020,410182-zwfwhdsjglj,荥阳市政务服务和大数据管理局,2021-01-31,荥阳市政府信息公开名录
2020,410182110,贾峪镇,2021-01-31,荥阳市政府信息公开名录
2022,410182-zwfwhdsjglj,荥阳市政务服务和大数据管理局,2023-01-31,https://www.example.gov.cn/zhengwugongkai/nianbao/2022/tongzhi.html
2025,410182110,贾峪镇,2026-01-31,荥阳市政府信息公开名录
"""
"""Who had to publish in one county, so that its page shows all that such pages show. No such list is in the archive."""


def workshop(root: Path, folder: Path) -> Path:
    """A copy of what a build reads, to be changed freely; the code itself is shared."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("docs", "overrides", "reports"):
        shutil.copytree(root / name, folder / name)
    shutil.copy(root / "mkdocs.yml", folder)
    (folder / "reports/41/410182/expected.csv").write_text(LIST, encoding="utf-8")
    return folder


def environment() -> dict[str, str]:
    """Variables for a build: a fixed year, an address below a sub-path, no quarrel about MkDocs 2."""
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return {**os.environ, **quiet, "NIANBAO_YEAR": "2026", "SITE_URL": f"https://archive.example{PREFIX}/"}


COMMAND = [sys.executable, "-m", "mkdocs", "build", "--strict"]
NIANBAO = [sys.executable, "-m", "build_tools", "build"]


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build the site of a workshop as `make build` does."""
    return subprocess.run(COMMAND, cwd=folder, env=environment(), capture_output=True, text=True, check=False)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


GZIPPED = {".html", ".css", ".js", ".json", ".svg", ".txt", ".md", ".csv", ".yml"}
"""What ordinary hosts pack for the way; everything else goes as it is, the search index too."""


class _Handler(SimpleHTTPRequestHandler):
    """An ordinary static host: kept connections, text packed for the way, strict, below a sub-path."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(PREFIX) if path.startswith(f"{PREFIX}/") else "/outside-of-the-site"
        return super().translate_path(inside)

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        packs = "gzip" in self.headers.get("Accept-Encoding", "")
        if path.suffix not in GZIPPED or not packs or not path.is_file():
            return super().send_head()
        data = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the parent's name
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site on this machine under the strict policy; gives its address, ending in a slash."""
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{PREFIX}/"
        finally:
            server.shutdown()
            thread.join()


class Page(HTMLParser):
    """What a page links to, which ids it has, the attributes of its elements, and its first headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.titles: list[str] = []
        self._in_title = False
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.tags.append((tag, found))
        self.links += [found[key] for key in ("href", "src") if key in found]
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "h1":
            self.titles.append("")
            self._in_title = True

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "h1"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.titles[-1] += data


def broken_links(site: Path) -> list[str]:
    """Every link of every page that leads inside the site to nothing; a missing anchor is nothing too."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    return [
        fault
        for path, page in pages.items()
        for link in page.links
        if (fault := _fault(site, pages, path, link))
    ]


def _fault(site: Path, pages: dict[Path, Page], path: Path, link: str) -> str:
    base = f"http://site{PREFIX}/{path.relative_to(site).as_posix()}"
    address, anchor = urldefrag(urljoin(base, link))
    parts = urlsplit(address)
    if parts.netloc != "site":
        return ""
    target = site / unquote(parts.path).removeprefix(PREFIX).lstrip("/")
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file():
        return f"{path.relative_to(site)} -> {link}"
    known = pages.get(target)
    return (
        f"{path.relative_to(site)} -> {link}" if anchor and known and unquote(anchor) not in known.ids else ""
    )
