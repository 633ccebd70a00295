"""Probe pages in, the hand-written site and its shells out.

MkDocs builds the hand-written pages and one probe page per depth into a cache folder. The archive is then published
through the probes' shells and joined with them in the site, see publish/. A build that fails leaves the last good
site as it was. With `engine: page` every page of the archive is an ordinary page of MkDocs instead.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Literal

from mkdocs.commands.build import build
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from build_tools import shell
from build_tools.clock import seconds_so_far
from build_tools.files import Lock
from build_tools.keys import code_key
from build_tools.plugin.serving import Serving, plainly
from build_tools.publish import Hub, HubError, Settings, build_site, cache_of, hub_key, hub_of, keep_hub
from build_tools.publish.hub import DEPTHS
from build_tools.publish.whole import gather, show
from build_tools.render.pages import Page as Leaf

log = logging.getLogger("mkdocs.plugins.nianbao")

_INHERIT = re.compile(r"^INHERIT:\s*[\"']?([^\"'#\n]+?)[\"']?\s*$", re.MULTILINE)


class NianbaoConfig(Config):
    """Settings below `plugins: - nianbao:` in mkdocs.yml."""

    root = config_options.Type(str, default=".")
    """The folder that holds reports/, relative to mkdocs.yml."""

    edit_base = config_options.Type(str, default="")
    """Where a report file can be edited: this address followed by `reports/…`. Empty: a link to the guide."""

    issue_form = config_options.Type(str, default="")
    """Where a mistake can be told, with slots for what is known of it: see render/mistakes.py. Empty: no such link."""

    jobs = config_options.Optional(config_options.Type(int))
    """Worker processes; default one per processor."""

    engine = config_options.Choice(("shell", "page"), default="shell")
    """`page`: every page of the archive goes through MkDocs and the hooks of all plugins; for small archives."""


class NianbaoPlugin(BasePlugin[NianbaoConfig]):
    """Turns the archive into pages of the site."""

    hub_only = False
    """Set by `make_hub`: leave the archive alone."""

    wishes = ""
    """Set by `make_hub`: what was asked for that `engine: page` cannot do."""

    hub: Hub | None = None
    lock: Lock | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002  # MkDocs calls it so
        if command == "gh-deploy":
            raise PluginError(
                "mkdocs gh-deploy 不行：网站比它要传的多。先 make build，再按 docs/deploy.md 发布 site/。"
            )
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Send the build into the cache; MkDocs serves from a temporary folder of its own already."""
        self.base = Path(config.config_file_path).parent
        self.paged = self.config.engine == "page"
        sources = _sources(config)
        self.key = hub_key(self.base, code_key(), sources)
        root, address = self.base / self.config.root, config.site_url or ""
        site, edit_base, jobs = Path(config.site_dir), self.config.edit_base, self.config.jobs
        if self.paged and self.wishes:
            raise PluginError(
                f"mkdocs.yml 里写了 engine: page，{self.wishes} 用不上。去掉它，或去掉 engine: page。"
            )
        if jobs is not None and jobs < 1:
            raise PluginError("mkdocs.yml 里 nianbao 的 jobs 要写 1 或更大的整数，不写就是处理器的个数。")
        self.settings = Settings(site, root, edit_base, address, jobs, sources, self.config.issue_form)
        if not self.serving:
            cache = cache_of(self.base)
            with plainly():
                self.lock = Lock(cache, wait=True)  # another build may be making the same
            config.site_dir = str(cache / "hub.new")

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Add the probe pages, and leave out the theme's own scripts and styles, which our pages do not ask for."""
        ours = {config.docs_dir, config.theme.custom_dir}
        for file in [file for file in files.media_files() if file.src_dir not in ours]:
            files.remove(file)
        sources = [shell.probe(depth) for depth in DEPTHS]
        if self.paged:
            with plainly():
                cache, theme = cache_of(self.base) / "page", Path(str(config.theme.custom_dir))
                self.whole = gather(self.settings, cache, theme)
            if remark := self.whole.site.history.remark:
                log.info(remark)
            sources = [_source(page) for page in self.whole.pages.values()]
        for uri, content in sources:
            files.append(File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV))

    @event_priority(100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002  # MkDocs calls it so
        """With `engine: page`, the body of a page of the archive, before other plugins see it."""
        ours = self.whole.pages.get(page.url) if self.paged else None
        return ours.body if ours else html

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Keep what MkDocs made, then publish the archive with it; a preview waits to be asked for pages."""
        made = Path(config.site_dir)
        with plainly():
            if self.paged:
                self.whole.finish(made)
                if not self.serving and not _warned(config):
                    show(made, self.settings.site, self.base)
                return
            hub = hub_of(made, self.key, self.settings)
            if self.serving:
                self.hub = hub
            elif not _warned(config):
                self.hub = keep_hub(made.with_name("hub" if self.hub_only else "hub-mkdocs"), hub)
                self._release()
                if not self.hub_only:
                    log.info(build_site(self.base, self.hub).summed_up(seconds_so_far()))

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002  # MkDocs calls it so
        """Let another build begin."""
        self._release()

    def _release(self) -> None:
        if self.lock:
            self.lock.release()
            self.lock = None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> None:
        """Make pages of the archive when they are asked for, and look at an edit as soon as it is saved."""
        if self.paged:
            server.watch(str(self.settings.root / "reports"))
            return
        with plainly():
            self.serving_now = Serving(self, server, config, builder)

    def made(self) -> Hub:
        """What MkDocs made last."""
        if self.hub is None:
            raise PluginError("手写的网页没有做完。照上面的提示改好，再运行 make serve。")
        return self.hub


def _source(page: Leaf) -> tuple[str, str]:
    """A page's source path and Markdown; on_page_content gives it its body.

    The theme takes tags out of titles and turns entities into characters, and prints what is left as it is.
    """
    head = {
        "title": escape(escape(page.title)),
        "description": escape(page.description),
        "hide": ["navigation", "toc"],
    } | {key: value for key, value in (("head", page.head), ("canonical", page.canonical)) if value}
    return f"{page.path.rstrip('/')}.md", f"---\n{json.dumps(head, ensure_ascii=False)}\n---\n"


def _sources(config: MkDocsConfig) -> tuple[str, ...]:
    """What MkDocs reads besides mkdocs.yml: pages, theme, hooks, the configuration it inherits."""
    own = Path(config.config_file_path)
    named = [*map(str, config.hooks), *_INHERIT.findall(own.read_text(encoding="utf-8"))]
    return (str(config.docs_dir), str(config.theme.custom_dir), *(str(own.parent / name) for name in named))


def make_hub(base: Path, wishes: str = "") -> Hub | None:
    """Let MkDocs make the hand-written site of the folder that holds mkdocs.yml; raise HubError where it cannot.

    None with `engine: page`, where MkDocs has made the whole site, unless there are `wishes` it cannot fulfil.
    """
    try:
        config = load_config(str(base / "mkdocs.yml"))
        plugin = config.plugins["nianbao"]
        if not isinstance(plugin, NianbaoPlugin):
            raise HubError("mkdocs.yml 里的 nianbao 不是本项目的插件。")
        plugin.hub_only, plugin.wishes = True, wishes
        config.plugins.on_startup(command="build", dirty=False)
        try:
            with plainly():
                build(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as error:
        raise HubError(str(error).strip()) from error
    if plugin.hub is None and not plugin.paged:
        raise HubError("MkDocs 没有做完，见上面的提示。")
    return plugin.hub


def _warned(config: MkDocsConfig) -> bool:
    """Whether MkDocs is about to give up because of warnings in strict mode: after this event, without another."""
    counters = (h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler))
    return bool(config.strict) and any(counter.get_counts() for counter in counters)
