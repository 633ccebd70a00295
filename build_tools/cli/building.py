"""`nianbao build`: the hand-written site as MkDocs made it, made again only if it has to be, then the archive."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from build_tools.cli import asked
from build_tools.cli.out import say
from build_tools.cli.usage import UsageError
from build_tools.clock import seconds_so_far
from build_tools.keys import code_key
from build_tools.publish import Built, Hub, Wishes, build_site, cache_of, hub_key, kept_hub
from build_tools.publish import assemble as join_shards
from build_tools.publish.progress import Line
from build_tools.store import Store


def build(options: argparse.Namespace) -> int:
    """Build the site of the archive, or of one shard, and say what was done."""
    store = asked.store(options)
    shard = _shard(options, store)
    base = _base(store)
    hub = _hub(base, _beyond(options), fresh=options.fresh)
    if hub is None:
        say("网站由 MkDocs 一页一页做完了（engine: page）。")
        return 0
    wishes = replace(_wishes(options), shard=shard, fresh=options.fresh)
    wishes = replace(wishes, search=not options.no_search, data=not options.no_data)
    return _work(options, base, wishes, lambda wishes: build_site(base, hub, wishes))


def assemble(options: argparse.Namespace) -> int:
    """Join shards into one site, and say what was done."""
    base = _base(asked.store(options))
    hub, shards = _hub(base, "assemble"), options.shards
    if hub is None:
        return 0
    if options.cluster:
        shards = [shard.absolute() for shard in shards]
    return _work(options, base, _wishes(options), lambda wishes: join_shards(base, hub, shards, wishes))


def _shard(options: argparse.Namespace, store: Store) -> str:
    """The beginning of the codes asked for; empty for all."""
    shard: str = options.shard or ""
    if options.shard is None:
        return shard
    known = {*store.register(), *(code for code, _ in store.counties())}
    if not shard or not any(code.startswith(shard) for code in known):
        raise UsageError(f"--shard 写区划代码或它的开头几位，如 33、3304；divisions.csv 里没有“{shard}”。")
    if not options.to:
        raise UsageError("写了 --shard 也要写 --to：分片放到哪个目录。")
    return shard


def _work(options: argparse.Namespace, base: Path, wishes: Wishes, work: Callable[[Wishes], Built]) -> int:
    """Work on this machine or on a cluster, and say what was done."""
    if not options.cluster:
        built = work(wishes)
    else:
        from build_tools.cluster import cluster  # noqa: PLC0415  # few builds need it

        with cluster(options.cluster, cache_of(base)) as spread:
            built = work(replace(wishes, spread=spread))
    say(built.summed_up(seconds_so_far()))
    return 0


def _base(store: Store) -> Path:
    if not (store.root / "mkdocs.yml").is_file():
        raise UsageError(f"{store.root} 里没有 mkdocs.yml，不知道网站怎么做。")
    return store.root.absolute()


def _wishes(options: argparse.Namespace) -> Wishes:
    return Wishes(to=options.to and options.to.absolute(), jobs=options.jobs, watch=Line(sys.stderr))


def _beyond(options: argparse.Namespace) -> str:
    """The options given that MkDocs alone would not heed."""
    names = ("to", "shard", "jobs", "no_search", "no_data", "cluster")
    return "、".join(f"--{name.replace('_', '-')}" for name in names if getattr(options, name))


def _hub(base: Path, wishes: str, *, fresh: bool = False) -> Hub | None:
    """What MkDocs made if it still holds, or else now; None where MkDocs has made the whole site."""
    hub = None if fresh else kept_hub(cache_of(base) / "hub")
    if hub and hub.key == hub_key(base, code_key(), hub.settings.sources):
        return hub
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").addHandler(_warnings())
    from build_tools.plugin import make_hub  # noqa: PLC0415  # MkDocs takes longer to load than a small build

    return make_hub(base, wishes)


def _warnings() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    return handler
