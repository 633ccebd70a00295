"""A few counties of two provinces with reports whose figures are known, as facts: for pages above the reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from build_tools.archive import Entry, Register
from build_tools.facts import CountyFacts, Figure, ReportFacts, RuleFacts, UnitFacts, Untried, Waived
from build_tools.indicators import Number, indicators
from build_tools.model import Division, State

NAMES = {
    "33": "浙江省",
    "3304": "嘉兴市",
    "330402": "南湖区",
    "330411": "秀洲区",
    "3306": "绍兴市",
    "330602": "越城区",
    "41": "河南省",
    "4101": "郑州市",
    "410182": "荥阳市",
    "65": "新疆维吾尔自治区",
}
REGISTER: Register = {code: Division(code, name) for code, name in NAMES.items()}

Given = Mapping[str, Number | State]
"""Indicators by id: a number, or why there is none."""


def report(
    unit: str, year: int, given: Given, *, form: str = "2021", kind: str = "镇", scope: str = "self"
) -> ReportFacts:
    """A report with these figures; indicators that are not given are not in its form."""
    entry = Entry(
        unit, f"镇{unit[-3:]}", kind, year, f"镇{unit[-3:]}{year}年报告", form, f"{form}年格式", 0, 0, 1, 0
    )
    return ReportFacts(entry, scope, tuple(_figure(given.get(id_), form) for id_ in indicators()))


def _figure(given: Number | State | None, form: str) -> Figure | None:
    if given is None:
        return None
    if isinstance(given, State):
        return Figure(given, None, form)
    return Figure(State.NUMBER, given, form)


def county(code: str, reports: Sequence[ReportFacts], others: Iterable[UnitFacts] = ()) -> CountyFacts:
    """A county with these reports, a unit for each of their ids, and other units."""
    kinds = {one.entry.unit: one.entry.kind for one in reports}
    units = (*(UnitFacts(id_, kind) for id_, kind in sorted(kinds.items())), *others)
    years = sorted({one.entry.year for one in reports})
    rules = tuple(RuleFacts("VAL-BLANK", "warning", year, 1, 0) for year in years)
    untried = tuple(Untried("T3-ROW-SUM", year, 1) for year in years)
    waived = tuple(
        Waived(r.entry.unit, r.entry.name, r.entry.year, "T4-SUM", "复议诉讼/行政复议", "原件<如此>。")
        for r in reports[:1]
    )
    return CountyFacts(code, units, tuple(reports), rules, untried, waived)


def few() -> list[CountyFacts]:
    """Three counties: one with enough towns for a ranking, one with forms and states of every sort, one far away."""
    towns = [
        report(
            f"33040210{n}",
            2022,
            {"new": n * n, "fees": Decimal("1.50"), "reviews": 0, "carried_in": min(n, 3)},
        )
        for n in range(6)
    ]
    towns.append(report("330402106", 2022, {"new": State.BLANK, "reviews": 0}))
    mixed = [
        report("330411103", 2020, {"new": 4, "licensing": 191}, form="2019"),
        report("330411103", 2022, {"new": 7, "licensing": State.MISSING}),
        report("330411", 2022, {"new": 70}, kind="县级政府", scope="aggregated"),
    ]
    gone = UnitFacts("330411199", "镇", None, 2020)
    far = [report("410182110", 2022, {"new": 1})]
    return [county("330402", towns), county("330411", mixed, [gone]), county("410182", far)]
