"""What MkDocs makes: the hand-written pages, the theme's files, and the shells of all other pages. Kept while it holds.

MkDocs takes about a second for these whatever the size of the archive. They are kept in a cache folder with a key
over everything they are made of, so that a build of one changed report need not ask MkDocs again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools import shell
from build_tools.api import API
from build_tools.export import DATA
from build_tools.files import digest, write_text
from build_tools.keys import contents
from build_tools.publish.manifest import Listed, Listing, listed
from build_tools.shell import HOME, Shell, ShellError
from build_tools.stopped import StoppedError

DEPTHS = (1, 2, 3)
"""How deep the archive's pages stand: /years/, /units/330411103/, /units/330411103/2020/."""

CONFIG = "mkdocs.yml"

OURS = (
    *("units/", "years/", "regions/", "quality/", "search/", "compare/", "submit/", API, DATA),
    *("sitemap/", "manifest/", "manifest.tsv", "redirects/", "_redirects"),
    *("feeds/all.xml", "feeds/due.ics"),
)
"""Where only the archive puts pages."""

SITEMAPS = ("sitemap.xml", "sitemap.xml.gz")
"""Files of MkDocs that list the probes and bear the day's date."""

_SCRIPTS = "assets/search/"
_CURRENT = "current"
_KEY = re.compile("[0-9a-f]{32}")
_ENVIRONMENT = re.compile(rb"!ENV\s*\[?\s*([A-Za-z0-9_, ]+)")


class HubError(StoppedError):
    """MkDocs could not make the hand-written site; it has said why, or the message does."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the archive's part of the build is told in mkdocs.yml."""

    site: Path
    root: Path
    edit_base: str = ""
    site_url: str = ""
    jobs: int | None = None
    sources: tuple[str, ...] = ()
    """What MkDocs reads besides mkdocs.yml: folders and files."""
    issue_form: str = ""


@dataclass(frozen=True, slots=True)
class Hub:
    """The finished hand-written site in `folder`, its files, and the shells by depth. `key`: of what it was made."""

    folder: Path
    key: str
    settings: Settings
    shells: Mapping[int, Shell]
    files: Listing
    home: str
    """The home page, with its places still to be filled."""

    def path(self, path: str) -> Path:
        """Where a file of it lies."""
        return self.folder / path


def scripts_in(folder: Path) -> bytes:
    """The scripts of the search page below a folder of the theme's files, one after the other."""
    return b"".join(path.read_bytes() for path in sorted((folder / _SCRIPTS).glob("*.js")))


def key(root: Path, code: str, sources: Sequence[str]) -> str:
    """A key over all that MkDocs makes the hand-written site of: configuration, `sources`, `code` with versions.

    `sources` are folders and files: pages, theme, hooks.
    """
    config = (root / CONFIG).read_bytes()
    names = sorted(
        {name.decode() for found in _ENVIRONMENT.findall(config) for name in re.split(rb"[ ,]+", found)}
    )
    settings = [f"{name}={os.environ.get(name, '')}" for name in names]
    files = [f"{source} {path} {content}" for source in sources for path, content in contents(Path(source))]
    return digest(
        "\n".join([digest(config), str(root), code, *settings, *files]).encode("utf-8", "surrogateescape")
    )


def hub_of(made: Path, key: str, settings: Settings) -> Hub:
    """What MkDocs has just made in a folder, without the probes.

    Raises ShellError when a probe page cannot serve as a shell, or a page stands where the archive has its own.
    """
    shells = {depth: _cut(made, depth) for depth in DEPTHS}
    shutil.rmtree(made / shell.address(1))
    for name in SITEMAPS:
        (made / name).unlink(missing_ok=True)
    paths = sorted(path for path in made.rglob("*") if path.is_file())
    files = {path.relative_to(made).as_posix(): listed(path.read_bytes()) for path in paths}
    if strange := [path for path in files if path.startswith(OURS)]:
        raise ShellError(f"docs 里有一页会做成 {strange[0]}，那是档案自己的网址。给它换个名字或位置。")
    if odd := [path for path in files if not path.isprintable() or "\\" in path]:
        raise ShellError(f"docs 或 overrides 里有文件名 {odd[0]!r}，网址里用不了。给它换个名字。")
    if HOME not in files:
        raise ShellError("没有 docs/index.md，网站没有首页。补上它。")
    return Hub(made, key, settings, shells, files, _home(made))


def keep(folder: Path, hub: Hub) -> Hub:
    """Keep what MkDocs made in a folder named by its key; builds that use what was kept last are not disturbed."""
    place, last = folder / hub.key, _current(folder)
    same = _kept(place)
    if same and all(listed(same.path(path).read_bytes()) == entry for path, entry in hub.files.items()):
        shutil.rmtree(hub.folder)
        return same
    shutil.rmtree(place, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    hub.folder.rename(place)
    moved = replace(hub, folder=place)
    write_text(_note(place), json.dumps(_told(moved), ensure_ascii=False))
    write_text(folder / _CURRENT, hub.key)
    for path in folder.iterdir():
        if path.is_dir() and path.name not in {hub.key, last}:
            _note(path).unlink(missing_ok=True)
            shutil.rmtree(path)
    return moved


def kept(folder: Path) -> Hub | None:
    """What was kept last; None where nothing was, or it is not whole, or cannot be understood."""
    name = _current(folder)
    return _kept(folder / name) if name else None


def _current(folder: Path) -> str:
    try:
        name = (folder / _CURRENT).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    return name if _KEY.fullmatch(name) else ""


def _kept(place: Path) -> Hub | None:
    try:
        told = json.loads(_note(place).read_text(encoding="utf-8"))
        site, root, edit_base, site_url, jobs, issue_form = told["settings"]
        shells = {
            int(depth): Shell(tuple(pieces), tuple(slots))
            for depth, (pieces, slots) in told["shells"].items()
        }
        files = {path: Listed(*entry) for path, entry in told["files"].items()}
        if any((place / path).stat().st_size != entry.size for path, entry in files.items()):
            return None
        settings = Settings(
            Path(site), Path(root), edit_base, site_url, jobs, tuple(told["sources"]), issue_form
        )
        return Hub(place, told["key"], settings, shells, files, _home(place))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _told(hub: Hub) -> Mapping[str, object]:
    settings = hub.settings
    return {
        "key": hub.key,
        "settings": [
            str(settings.site),
            str(settings.root),
            settings.edit_base,
            settings.site_url,
            settings.jobs,
            settings.issue_form,
        ],
        "sources": settings.sources,
        "shells": {depth: [shell.pieces, shell.slots] for depth, shell in hub.shells.items()},
        "files": hub.files,
    }


def _home(folder: Path) -> str:
    return (folder / HOME).read_text(encoding="utf-8")


def _note(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")


def _cut(made: Path, depth: int) -> Shell:
    page = made / shell.address(depth) / HOME
    if not page.is_file():
        raise ShellError(
            f"MkDocs 没有做出样页 {shell.address(depth)}。看 mkdocs.yml 里有没有插件或 exclude_docs 去掉了它。"
        )
    return shell.cut(page.read_text(encoding="utf-8"), depth)
