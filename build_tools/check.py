"""Runs rules over a report, stamps rule and severity, gives each finding its place, applies waivers."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from build_tools.archive import Subject
from build_tools.finding import Finding, Problem, Severity, Unassessed
from build_tools.form import Line, TableForm
from build_tools.model import Path, Report, Waiver
from build_tools.privacy import masked
from build_tools.rules import RULES
from build_tools.rules.rule import Check, Rule
from build_tools.rules.view import View
from build_tools.source import Source

WHOLE = "全文"
"""How a waiver names a finding that concerns the file as a whole."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that the rules say of one report: findings, and the relations that could not be tried.

    `private`: some of what the report says must not be read by others.
    """

    findings: tuple[Finding, ...]
    unassessed: tuple[Unassessed, ...] = ()
    private: bool = False


@cache
def catalogue() -> dict[str, Rule]:
    """The rules by id."""
    return {rule.id: rule for rule in RULES}


@cache
def _in_force(year: int) -> tuple[tuple[str, Check], ...]:
    return tuple((rule.id, rule.check) for rule in RULES if rule.check and rule.holds_for(year))


def check(subject: Subject, source: Source) -> Verdict:
    """Run every rule that holds for the report's year, then its waivers."""
    report, view = subject.report, View.of(subject)
    problems, unassessed = [], []
    for rule, look in _in_force(report.year):
        for outcome in look(view):
            stamped = replace(outcome, rule=rule)
            if isinstance(stamped, Problem):
                problems.append(stamped)
            else:
                unassessed.append(replace(stamped, reason=masked(stamped.reason)))
    waived = _waived(problems, report)
    stale = _stale(problems, waived, report)
    findings = [
        place(p, source, subject.file, report=report, waived=w.reason if w else "") for p, w in waived
    ]
    findings += [place(p, source, subject.file, report=report) for p in stale]
    return Verdict(tuple(sorted(findings)), tuple(unassessed), private=bool(view.private))


def unreadable(
    problems: Iterable[Problem], source: Source | None, file: str, unit: str = "", year: int = 0
) -> Verdict:
    """The verdict on a file that could not be read: its problems of shape, in their places."""
    found = [replace(place(p, source, file), unit=unit, year=year) for p in problems]
    return Verdict(tuple(sorted(found)))


_kept = lru_cache(maxsize=4096)(masked)
"""Places and advice come again and again."""


def place(
    problem: Problem, source: Source | None, file: str, *, report: Report | None = None, waived: str = ""
) -> Finding:
    """Turn a problem's path into file, line and column, with the severity its rule gives it.

    Every finding is made here, so here all that it says is masked: a message may quote what nobody should read.
    """
    rule = catalogue().get(problem.rule)
    line, column, end_line, end_column = problem.at or (
        source.locate(problem.path, problem.words) if source else (1, 1, 1, 1)
    )
    return Finding(
        file=file,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        rule=problem.rule,
        severity=rule.severity_of(problem) if rule else Severity.ERROR,
        path=_kept(spell(problem.path, report)),
        message=masked(problem.message),
        hint=_kept(problem.hint),
        unit=report.unit if report else "",
        year=report.year if report else 0,
        waived=masked(waived),
        words=problem.words,
    )


def spell(path: Path, report: Report | None = None) -> str:
    """A path as editors write it in 位置: 申请/新收/自然人. Columns go by label, list items count from 1."""
    if not path:
        return WHOLE
    return "/".join(_steps(path, report))


def _steps(path: Path, report: Report | None) -> Iterator[str]:
    table = next((t for t in report.tables.values() if t.form.key == path[0]), None) if report else None
    for i, step in enumerate(path):
        if isinstance(step, str):
            yield step
        elif table is None:
            yield str(step + 1)
        else:
            yield _lines(table.form)[path[1:i]].columns[step].label


@lru_cache(maxsize=64)
def _lines(form: TableForm) -> Mapping[Path, Line]:
    return {line.row.keys: line for line in form.lines.values()}


def covers(where: str, path: str) -> bool:
    """Whether a waiver's 位置 names `path`, or the row that holds the cell `path`; never a whole table."""
    steps = [step.strip() for step in where.strip(" /").split("/")]
    found = path.split("/")
    return steps == found or (steps == found[:-1] and len(steps) > 1)


def _waived(problems: list[Problem], report: Report) -> list[tuple[Problem, Waiver | None]]:
    """Each problem with the waiver that excuses it, the most exact one if there are several."""
    exact_first = sorted(report.waivers, key=lambda w: -len(w.where))
    return [(p, _excuse(p, report, exact_first)) for p in problems]


def _excuse(problem: Problem, report: Report, waivers: list[Waiver]) -> Waiver | None:
    meant = [w for w in waivers if w.rule == problem.rule]
    if not meant or not catalogue()[problem.rule].waivable:
        return None
    path = spell(problem.path, report)
    return next((w for w in meant if covers(w.where, path)), None)


def _stale(
    problems: list[Problem], waived: list[tuple[Problem, Waiver | None]], report: Report
) -> Iterator[Problem]:
    """A problem for every waiver that excuses nothing, with what to do about it."""
    used = {waiver.path for _, waiver in waived if waiver}
    for waiver in report.waivers:
        if waiver.path not in used:
            rule = catalogue().get(waiver.rule)
            message = f"确认“{waiver.rule} · {waiver.where}”对不上任何发现"
            hint = _unknown(waiver.rule) if rule is None else _elsewhere(waiver, problems, report)
            if rule is not None and not rule.waivable:
                message = f"规则 {waiver.rule} 不能确认：它指出的是抄录的问题，不是原件的问题"
                hint = "改正抄录，删去这条确认。"
            yield Problem(waiver.path, message, hint, rule="ACK-STALE")


def _unknown(rule: str) -> str:
    close = difflib.get_close_matches(rule.upper(), catalogue(), 1)
    return f"没有“{rule}”这条规则。" + (f"是不是想写 {close[0]}？" if close else "照检查结果里的规则编号写。")


def _elsewhere(waiver: Waiver, problems: list[Problem], report: Report) -> str:
    places = [spell(p.path, report) for p in problems if p.rule == waiver.rule]
    if any(covers(waiver.where, place) for place in places):
        return "另有一条位置更准的确认已经管着这一处，删去这一条。"
    if places:
        return f"“位置”照抄检查结果里的：{'、'.join(places[:3])}。"
    return "这条规则现在没有指出任何问题，删去这条确认。"
