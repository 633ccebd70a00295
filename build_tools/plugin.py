"""MkDocs meets the archive here and nowhere else: probe pages in, finished site out.

MkDocs builds the hand-written pages and one probe page per depth into a staging folder; the archive is then
published into it through the probes' shells, and the whole takes the old site's place by renaming. A build
that fails leaves the last good site as it was.
"""

from __future__ import annotations

import atexit
import logging
import shutil
from pathlib import Path
from typing import Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import CountHandler

from build_tools import shell
from build_tools.clock import YearError, this_year
from build_tools.files import UnreadableError
from build_tools.publish import BadReportsError, Site, publish
from build_tools.staging import Staging
from build_tools.store import Store

log = logging.getLogger("mkdocs.plugins.nianbao")

DEPTHS = (1, 2, 3)
"""How deep the archive's pages stand: /years/, /units/330411103/, /units/330411103/2020/."""


class NianbaoConfig(Config):
    """Settings below `plugins: - nianbao:` in mkdocs.yml."""

    root = config_options.Type(str, default=".")
    """The folder that holds reports/, relative to mkdocs.yml."""

    edit_base = config_options.Type(str, default="")
    """Where a report file can be edited: this address followed by `reports/…`. Empty: a link to the guide."""

    jobs = config_options.Optional(config_options.Type(int))
    """Worker processes; default one per processor."""


class NianbaoPlugin(BasePlugin[NianbaoConfig]):
    """Turns the archive into pages of the site."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002  # MkDocs calls it so
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Send the build into a staging folder; MkDocs serves from a temporary folder of its own already."""
        if not self.serving:
            self.staging = Staging(Path(config.site_dir))
            try:
                self.staging.begin()
            except UnreadableError as error:
                raise PluginError(str(error)) from error
            atexit.register(self.staging.discard)  # also after Ctrl-C, which MkDocs tells no plugin of
            config.site_dir = str(self.staging.folder)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Add the probe pages, and leave out the theme's own scripts and styles, which our pages do not ask for."""
        ours = {config.docs_dir, config.theme.custom_dir}
        for file in [file for file in files.media_files() if file.src_dir not in ours]:
            files.remove(file)
        for depth in DEPTHS:
            uri, content = shell.probe(depth)
            files.append(File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish the archive through the shells, then let the finished site take its place."""
        target = Path(config.site_dir)
        shells = {depth: _shell(target, depth) for depth in DEPTHS}
        shutil.rmtree(target / shell.address(1))
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            (target / name).unlink(missing_ok=True)  # lists probes, bears the day's date
        store = Store(Path(config.config_file_path).parent / self.config.root)
        try:
            register, edit_base = store.register(), self.config.edit_base
            site = Site(store, register, this_year(), shells, target, edit_base, preview=self.serving)
            summary = publish(site, self.config.jobs)
        except (BadReportsError, UnreadableError, YearError, shell.ShellError) as error:
            raise PluginError(f"\n{error}") from error
        if not self.serving and not _warned(config):
            self.staging.swap()
        log.info(summary)

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002  # MkDocs calls it so
        """Take the unfinished site away."""
        if not self.serving:
            self.staging.discard()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> None:  # noqa: ARG002  # MkDocs calls it so
        """Build again when a report or a form changes."""
        root = Path(config.config_file_path).parent / self.config.root
        server.watch(str(root / "reports"))
        server.watch(str(Path(__file__).parent))


def _warned(config: MkDocsConfig) -> bool:
    """Whether MkDocs is about to give up because of warnings in strict mode: after this event, without another."""
    counters = (h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler))
    return bool(config.strict) and any(counter.get_counts() for counter in counters)


def _shell(target: Path, depth: int) -> shell.Shell:
    page = target / shell.address(depth) / "index.html"
    try:
        return shell.cut(page.read_text(encoding="utf-8"), depth)
    except (OSError, shell.ShellError) as error:
        raise PluginError(f"The theme cannot carry the archive's pages: {error}") from error
