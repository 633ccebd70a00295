"""What a finished build did, and how people are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: what the archive has, the counties and reports made anew, files and bytes written.

    `slowest`: seconds by report, of a few; `changed`: whether the site that is shown is another than before;
    `shards`: how many were joined.
    """

    counties: int
    units: int
    reports: int
    made: int
    made_reports: int
    files: int
    bytes: int
    slowest: Mapping[str, float]
    changed: bool
    shards: int = 0

    def summed_up(self, seconds: float) -> str:
        """A few lines for people: counts, bytes, the time it took, the slowest reports."""
        archive = f"{self.counties:,} 个县、{self.units:,} 个单位、{self.reports:,} 份报告"
        if not self.changed and not self.made:
            return f"没有变化：{archive}都和上次一样，用了 {seconds:.1f} 秒。"
        joined = f"合并了 {self.shards} 个分片" if self.shards else ""
        made = f"重做了 {self.made:,} 个县、{self.made_reports:,} 份报告"
        written = f"写了 {self.files:,} 个文件，{self.bytes / 1e6:,.1f} MB"
        told = f"{archive}：{joined or made}；{written}；用了 {seconds:.1f} 秒。"
        named = "，".join(f"reports/{file} {1000 * took:.0f} 毫秒" for file, took in self.slowest.items())
        return f"{told}\n最慢的：{named}" if len(self.slowest) < self.made_reports else told
