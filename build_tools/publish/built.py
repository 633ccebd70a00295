"""What a finished build did, and how people are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_SLOWEST = 3


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the counties of the archive, those made anew, files and bytes written.

    `seconds` by report made; `changed`: whether the site that is shown is another than before.
    """

    counties: int
    made: int
    files: int
    bytes: int
    seconds: Mapping[str, float]
    changed: bool

    def summed_up(self, seconds: float) -> str:
        """A few lines for people: counts, bytes, the time it took, the slowest reports."""
        if not self.changed and not self.made:
            return f"没有变化：{self.counties:,} 个县都和上次一样，用了 {seconds:.1f} 秒。"
        made = f"{self.counties:,} 个县里重做了 {self.made:,} 个，{len(self.seconds):,} 份报告"
        written = f"写了 {self.files:,} 个文件，{self.bytes / 1e6:,.1f} MB"
        told = f"{made}；{written}；用了 {seconds:.1f} 秒。"
        if len(self.seconds) <= _SLOWEST:
            return told
        slowest = sorted(self.seconds.items(), key=lambda item: -item[1])[:_SLOWEST]
        named = "，".join(f"reports/{file} {1000 * took:.0f} 毫秒" for file, took in slowest)
        return f"{told}\n最慢的：{named}"
