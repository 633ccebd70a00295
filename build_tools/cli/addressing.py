"""`nianbao addresses`: the addresses of the finished site, held against those of the release before."""

from __future__ import annotations

import argparse

from build_tools.cli import asked
from build_tools.cli.out import complain, say, show
from build_tools.files import write_text
from build_tools.publish.addresses import addresses, advice, as_text, listed_addresses

_TOLD = 100  # lost addresses named; more would only scroll by


def list_addresses(options: argparse.Namespace) -> int:
    """Compare, if there is something to compare with; write the list, or print it."""
    here = addresses(options.site or asked.store(options).root / "site")
    if options.since:
        before = listed_addresses(options.since)
        if lost := sorted(before - here):
            _complain(lost)
            return 1
        say(f"上一版的 {len(before):,} 个网址都在；新的有 {len(here - before):,} 个。")
    if options.output:
        write_text(options.output, as_text(here))
        say(f"写好 {options.output}：{len(here):,} 个网址")
    elif not options.since:
        show(as_text(here))
    return 0


def _complain(lost: list[str]) -> None:
    complain(f"上一版有、现在没有的网址 {len(lost):,} 个。网址一经使用就不能消失：")
    for address in lost[:_TOLD]:
        complain(advice(address))
    if len(lost) > _TOLD:
        complain(f"另有 {len(lost) - _TOLD:,} 个没有列出。")
