"""The preview on MkDocs' server: pages of the archive when they are asked for, an edit as soon as it is saved."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from watchdog import events
from watchdog.observers import Observer

from build_tools.caches import forget_all
from build_tools.clock import YearError
from build_tools.files import UnreadableError, why
from build_tools.keys import compiled_key
from build_tools.publish import Hub, Settings, cache_of, hub_key
from build_tools.publish.preview import Preview
from build_tools.shell import ShellError
from build_tools.stopped import StoppedError
from build_tools.workers import spread

log = logging.getLogger("mkdocs.plugins.nianbao")

PACKAGE = Path(__file__).parent.parent

_CHANGES: list[type[events.FileSystemEvent]] = [
    events.FileCreatedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
    events.FileDeletedEvent,
]

_Start = Callable[..., object]


class Plugin(Protocol):
    """What serving needs of the plugin: where things are, and what MkDocs made last."""

    base: Path
    settings: Settings

    def made(self) -> Hub: ...


class Serving:
    """The preview of one `mkdocs serve`."""

    def __init__(
        self, plugin: Plugin, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
    ) -> None:
        # Other processes are started anew: a server has threads, and those do not outlive a fork.
        workers = partial(spread, workers=plugin.settings.jobs, method="spawn")
        self.plugin, self.server, self.builder = plugin, server, builder
        self.preview = Preview(cache_of(plugin.base), workers, log.warning)
        self.preview.renew(plugin.made())
        self.program, self.written = compiled_key(), self._written()
        self._watch(config)
        server.builder = self._again
        server.set_app(self._answer)

    def _written(self) -> str:
        return hub_key(self.plugin.base, "", self.plugin.settings.sources)

    def _watch(self, config: MkDocsConfig) -> None:
        """Let the system tell of changes: to look at every file twice a second takes too long when they are many."""
        own = [config.docs_dir, str(config.config_file_path)]
        for path in own:
            self.server.unwatch(path)
        observer = Observer()
        # Without a filter, to read a report for a page would count as a change of it.
        observer.schedule = partial(observer.schedule, event_filter=_CHANGES)  # type: ignore[method-assign]
        self.server.observer = observer  # type: ignore[assignment]  # MkDocs knows the polling one only
        reports = str(self.plugin.settings.root / "reports")
        for path in (*own, str(config.theme.custom_dir), reports, str(PACKAGE)):
            self.server.watch(path)

    def _again(self) -> None:
        """Something has changed: MkDocs is asked only if it is something that MkDocs reads."""
        forget_all()
        if compiled_key() != self.program:
            log.warning("程序改了：重新运行 make serve 才生效。")
        with self.preview.lock:
            if (written := self._written()) != self.written:
                self.written = written
                self.builder()
            try:
                self.preview.renew(self.plugin.made())
            except UnreadableError as error:
                # Of the register: what was made before is shown until it is mended.
                log.warning("%s", error)

    def _answer(self, environ: dict[str, Any], start: _Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if "\0" in path:
            start("404 Not Found", [("Content-Type", "text/plain")])
            return []
        try:
            self.preview.ready(path.removeprefix(self.server.mount_path))
        except (UnreadableError, ShellError) as error:
            log.warning("%s", error)
        return self.server.serve_request(environ, start)


@contextmanager
def plainly() -> Iterator[None]:
    """Errors of people and of the disk are told by MkDocs without a traceback."""
    try:
        yield
    except (StoppedError, UnreadableError, YearError) as error:
        raise PluginError(f"\n{error}") from error
    except OSError as error:
        raise PluginError(f"\n{error.filename or '网站'} 读不了或写不进：{why(error)}") from error
