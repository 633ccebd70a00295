"""What a finished build did, and how people are told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from build_tools.publish.making import Outcome, slowest
from build_tools.publish.summary import Above


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: what the archive has, the counties and reports made anew, files and bytes written.

    `slowest`: seconds by report, of a few; `changed`: whether the site that is shown is another than before;
    `shards`: how many were joined; `lacking`: files of the open data that could not be made here; `remark`: what
    else whoever builds the site should know of, empty for nothing.
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
    lacking: Sequence[str] = ()
    remark: str = ""

    def summed_up(self, seconds: float) -> str:
        """A few lines for people: counts, bytes, the time it took, the slowest reports, what was left out."""
        left_out = f"数据文件里没有 {'、'.join(self.lacking)}：运行 make setup 装好要用的库再做。"
        return "\n".join(filter(None, [self._done(seconds), left_out if self.lacking else "", self.remark]))

    def _done(self, seconds: float) -> str:
        archive = f"{self.counties:,} 个县、{self.units:,} 个单位、{self.reports:,} 份报告"
        if not self.changed and not self.made:
            return f"没有变化：{archive}都和上次一样，用了 {seconds:.1f} 秒。"
        joined = f"合并了 {self.shards} 个分片" if self.shards else ""
        made = f"重做了 {self.made:,} 个县、{self.made_reports:,} 份报告"
        written = f"写了 {self.files:,} 个文件，{self.bytes / 1e6:,.1f} MB"
        told = f"{archive}：{joined or made}；{written}；用了 {seconds:.1f} 秒。"
        named = "，".join(f"reports/{file} {1000 * took:.0f} 毫秒" for file, took in self.slowest.items())
        return f"{told}\n最慢的：{named}" if len(self.slowest) < self.made_reports else told


def built(
    counties: Collection[str],
    above: Above,
    outcomes: Sequence[Outcome],
    *,
    changed: bool,
    lacking: Sequence[str],
) -> Built:
    """What a build of an archive of these counties did, from what was made and written in it."""
    made = [outcome for outcome in outcomes if outcome.made.listing and outcome.made.code in counties]
    return Built(
        counties=len(counties),
        units=above.units,
        reports=above.reports,
        made=len(made),
        made_reports=sum(outcome.reports for outcome in made),
        files=sum(outcome.files for outcome in outcomes),
        bytes=sum(outcome.bytes for outcome in outcomes),
        slowest=slowest(item for outcome in made for item in outcome.slowest.items()),
        changed=changed,
        lacking=lacking,
    )
