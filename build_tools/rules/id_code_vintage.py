"""ID-CODE-VINTAGE: the codes a unit is filed under were valid at the end of the year, or its lineage is told."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.model import Division
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """The lowest division whose code was not valid on 31 December speaks for those above it."""
    year, unit = view.report.year, view.unit
    stale = [d for d in view.divisions if not d.valid_on(year)]
    if stale:
        early = stale[-1].first is not None and year < stale[-1].first
        if not (unit.predecessors if early else unit.successors):
            yield _problem(stale[-1], year, early=early)


def _problem(division: Division, year: int, *, early: bool) -> Problem:
    what = f"{division.first}年启用" if early else f"{division.last}年废止"
    message = f"区划代码 {division.code}（{division.name}）{what}，{year}年底没有效力"
    key = "前身" if early else "后继"
    later = (
        f"（区划表里的后继是 {'、'.join(division.successors)}）" if division.successors and not early else ""
    )
    return Problem((), message, f"在 unit.yml 里写“{key}: [编号]”{later}；或者改用当年有效的编号。")


RULE = Rule(
    id="ID-CODE-VINTAGE",
    severity=WARNING,
    basis=Basis.ARCHIVE,
    title="单位编号里的区划代码在报告年度末有效，否则写明前身或后继",
    reason="区划撤并以后代码会变，同一个地方的报告就分在两个编号下；写明前身和后继，才能连起来看。",
    advice="在 unit.yml 里写“前身”（这个代码启用以前用的编号）或“后继”（废止以后用的编号）。",
    check=check,
)
