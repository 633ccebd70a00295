"""What the rules found -> the body of the page that tells of it, for the country and for a province."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.check import catalogue
from build_tools.facts import Waived
from build_tools.finding import Severity
from build_tools.model import Division
from build_tools.quality import Quality
from build_tools.render.engine import fill
from build_tools.render.page import Links, Page, quality_path
from build_tools.rules.rule import Rule

WORDS = {Severity.ERROR: "有误", Severity.WARNING: "存疑", Severity.INFO: "提示"}

TOLD = 300
"""So many acknowledged faults a page names one by one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A year or a region: its reports, and how many bear nothing, errors, warnings, acknowledged faults."""

    label: str
    address: str
    reports: int
    clean: int
    errors: int
    warnings: int
    waived: int


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule: how often it spoke openly and of acknowledged faults, and how many reports it could not try in full.

    How many it tried is not known: a report without its table, or with nothing in it, leaves no trace. `years`: how
    often it spoke of each year of the page, of acknowledged faults too; None of years that it does not hold for.
    """

    rule: Rule
    word: str
    open: int
    waived: int
    untried: int
    years: tuple[int | None, ...]

    @property
    def spoke(self) -> bool:
        return self.open + self.waived > 0


def quality_page(
    chain: Sequence[Division],
    own: Quality,
    below: Sequence[tuple[Division, Quality]],
    waived: Sequence[Waived] = (),
) -> Page:
    """What the rules found in the country (an empty chain) or a province, and in the regions below."""
    code = chain[-1].code if chain else ""
    path = quality_path(code)
    go = Links(path)
    lines = list(_rules(own))
    body = fill(
        "quality.html.jinja",
        region=chain[-1] if chain else None,
        above=go.trail((go.quality(), "数据质量")) if chain else "",
        own=_line("", "", own),
        years=[
            _line(f"{year}", go.year(year, code), _of(own, year))
            for year in sorted(own.reports, reverse=True)
        ],
        regions=[
            _line(division.name, go.region(division.code) if chain else go.quality(division.code), found)
            for division, found in below
            if found.reports
        ],
        rules=[line for line in lines if line.open or line.waived or line.untried],
        silent=sum(not (line.open or line.waived or line.untried) for line in lines),
        prose=[line.rule.id for line in lines if line.rule.prose],
        waived=waived[:TOLD],
        more=max(len(waived) - TOLD, 0),
        go=go,
    )
    where = chain[-1].name if chain else ""
    title = f"{where}数据质量"
    return Page(
        path,
        title,
        f"{where}政府信息公开年报的核对结果：各条规则指出了什么，确认了什么，什么核对不了。",
        body,
    )


def _of(quality: Quality, year: int) -> Quality:
    """One year of it."""
    marks = Counter({key: count for key, count in quality.marks.items() if key[0] == year})
    return Quality(Counter({year: quality.reports[year]}), marks)


def _line(label: str, address: str, quality: Quality) -> Line:
    counts = (quality.marked(mark) for mark in ("clean", "error", "warning", "waived"))
    return Line(label, address, quality.reports.total(), *counts)


def _rules(quality: Quality) -> Iterator[RuleLine]:
    """Every rule that looks at reports and holds for one of the years, by id."""
    opened, waived = _by_rule(quality.open), _by_rule(quality.waived)
    untried: Counter[str] = Counter()
    for (rule_id, _), count in quality.untried.items():
        untried[rule_id] += count
    spoke: Counter[tuple[str, int]] = Counter()
    for (rule_id, _, year), count in (quality.open + quality.waived).items():
        spoke[rule_id, year] += count
    years = sorted(quality.reports, reverse=True)
    severities = {rule_id: severity for rule_id, severity, _ in sorted(quality.open)}
    for rule_id, rule in sorted(catalogue().items()):
        if rule.check and any(rule.holds_for(year) for year in quality.reports):
            severity = Severity(severities.get(rule_id, rule.severity))
            yield RuleLine(
                rule,
                WORDS[severity],
                opened[rule_id],
                waived[rule_id],
                untried[rule_id],
                tuple(spoke[rule_id, year] if rule.holds_for(year) else None for year in years),
            )


def _by_rule(counts: Mapping[tuple[str, str, int], int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (rule_id, _, _), count in counts.items():
        found[rule_id] += count
    return found
