"""`nianbao deploy`: the finished site to its host, or lists of what is to be done for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from build_tools.cli import asked
from build_tools.cli.out import say
from build_tools.cli.usage import UsageError
from build_tools.deploy import WORK_LISTS, Done, Wishes, write_lists
from build_tools.deploy import deploy as bring
from build_tools.deploy.plan import Plan
from build_tools.diagnostics.glyphs import safe
from build_tools.publish.progress import Line
from build_tools.store import Store


def deploy(options: argparse.Namespace) -> int:
    """Bring the host up to date and say what was done."""
    say(_deployed(options, asked.store(options)))
    return 0


def _deployed(options: argparse.Namespace, store: Store) -> str:
    site = options.site or store.root / "site"
    if options.since and not options.list:
        raise UsageError("--since 要和 --list 一起写。")
    if bool(options.to) == bool(options.list):
        raise UsageError("写明发布到哪里，如 nianbao deploy 用户@主机:/srv/www/nianbao/；或者只写 --list。")
    if options.list:
        return _listed(write_lists(site, options.since, options.list), options.list)
    done = bring(site, options.to, Wishes(options.dry_run, options.recheck, Line(sys.stderr)))
    return _would(done) if options.dry_run else _told(done)


def _told(done: Done) -> str:
    if not done.sent and not done.gone:
        return "主机上已经是这一版，没有要传的，也没有要删的。"
    return f"传了 {_files(done)}；删去 {len(done.gone):,} 个。"


def _would(done: Done) -> str:
    lines = [f"要传 {path}　{size:,} 字节" for size, path in done.sent]
    lines += [f"要删 {path}" for path in done.gone]
    lines.append(f"要传 {_files(done)}；要删 {len(done.gone):,} 个。这次只是看看，什么也没有动。")
    return "\n".join(map(safe, lines))


def _files(done: Done) -> str:
    return f"{len(done.sent):,} 个文件，{sum(size for size, _ in done.sent) / 1e6:,.1f} MB"


def _listed(todo: Plan, folder: Path) -> str:
    new, changed, lists = map(len, todo.sent)
    size = sum(entry.size for step in todo.sent for entry in step.values())
    told = f"新文件 {new:,} 个，变了的 {changed:,} 个，网站自己的清单 {lists:,} 个，共 {size / 1e6:,.1f} MB"
    return (
        f"写好 {folder / WORK_LISTS[0]} 等四份：{told}；要删 {len(todo.files_gone):,} 个。\n"
        "还没有传。按次序传和删的做法，见 docs/deploy.md 里“传到对象存储”一节。"
    )
