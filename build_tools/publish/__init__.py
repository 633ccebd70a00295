"""The door of this room: the archive and the hand-written site in, the finished site on disk out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from build_tools.clock import this_year
from build_tools.history import UNTOLD, Keeping, history_of
from build_tools.keys import code_key
from build_tools.publish.assembly import SITE, Assembly, ShardError, mark
from build_tools.publish.bad import BadReportsError
from build_tools.publish.build import Bench, Build
from build_tools.publish.built import Built
from build_tools.publish.hub import Hub, HubError, Settings, hub_of
from build_tools.publish.hub import keep as keep_hub
from build_tools.publish.hub import kept as kept_hub
from build_tools.publish.hub import key as hub_key
from build_tools.publish.places import check_shard, check_site
from build_tools.publish.progress import Watch, quiet
from build_tools.publish.site import Site
from build_tools.publish.twins import Twins
from build_tools.store import Store
from build_tools.workers import Spread, apart, spread

__all__ = [
    "BadReportsError",
    "Built",
    "Hub",
    "HubError",
    "Settings",
    "ShardError",
    "Wishes",
    "assemble",
    "build_site",
    "cache_of",
    "hub_key",
    "hub_of",
    "keep_hub",
    "kept_hub",
]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a build is asked for beyond what mkdocs.yml says."""

    to: Path | None = None
    shard: str = ""
    jobs: int | None = None
    search: bool = True
    history: bool = True
    data: bool = True
    fresh: bool = False
    watch: Watch = quiet
    spread: Spread | None = None


def cache_of(base: Path) -> Path:
    """The folder beside mkdocs.yml for what is kept between builds; all in it can be made anew."""
    return base / ".cache" / "nianbao"


def build_site(base: Path, hub: Hub, wishes: Wishes = Wishes()) -> Built:
    """Publish the archive with the hand-written site; a shard with all that joining it with others takes."""
    bench = _bench(base, hub, wishes)
    site = _site(hub, wishes, bench)
    built = Build(site, hub, bench).run()
    if wishes.shard:
        mark(bench.cache, site)
    return built


def assemble(base: Path, hub: Hub, shards: Sequence[Path], wishes: Wishes = Wishes()) -> Built:
    """Join shards into one site, the same that one build of the whole archive would have made."""
    bench = _bench(base, hub, wishes)
    return Assembly(_site(hub, wishes, bench), hub, bench, shards).run()


def _site(hub: Hub, wishes: Wishes, bench: Bench) -> Site:
    store = Store(hub.settings.root, wishes.shard)
    edit_base, url = hub.settings.edit_base, hub.settings.site_url
    register, history = store.register(), UNTOLD
    former, _ = store.former()  # what is wrong in there stops the build later, with all other errors
    if wishes.history:
        keeping = Keeping(bench.cache / "history", code_key(), bench.fresh)
        history = history_of(store, keeping, bench.spread, former)
    return Site(
        store,
        register,
        this_year(),
        hub.shells,
        edit_base,
        url,
        hub.settings.issue_form,
        search=wishes.search,
        data=wishes.data,
        former=former,
        history=history,
    )


def _bench(base: Path, hub: Hub, wishes: Wishes) -> Bench:
    """A shard keeps its site and what is kept between builds together, in the folder it is made in."""
    target, cache = wishes.to or hub.settings.site, cache_of(base)
    if wishes.shard:
        check_shard(target, base)
        target, cache = target / SITE, target
    else:
        check_site(target, base)
    jobs = wishes.jobs or hub.settings.jobs
    ways = wishes.spread or partial(spread, workers=jobs), wishes.spread or partial(apart, workers=jobs)
    return Bench(Twins(target, anew=wishes.fresh), cache, *ways, wishes.watch, wishes.fresh)
