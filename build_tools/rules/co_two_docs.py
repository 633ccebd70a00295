"""CO-TWO-DOCS: a county has the government's report for all offices, and the one of its general office for itself."""

from collections.abc import Iterator, Mapping

from build_tools.archive import Held
from build_tools.finding import Problem
from build_tools.model import Unit
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

OFFICES = ("人民政府办公室", "政府办公室", "政府办", "人民政府办公厅", "政府办公厅")
"""How the names of general offices end."""


def check(view: View) -> Iterator[Outcome]:
    """Speak at the one that is there, if the other could be expected: some office's own report is in the archive."""
    reports = view.beside.reports
    if view.report.aggregated and view.unit.kind.government:
        if _offices(reports) and not any(is_office(held.unit) for held in reports.values()):
            yield from _lacking(view, "政府的汇总报告", "政府办公室本机关的报告")
    elif is_office(view.unit) and not _of_all(reports):
        yield from _lacking(view, "政府办公室本机关的报告", "政府的汇总报告")


def is_office(unit: Unit) -> bool:
    """Whether a unit is the general office of a government, by its names."""
    return any(name.endswith(OFFICES) for name in unit.names())


def _offices(reports: Mapping[str, Held]) -> bool:
    """Whether offices at the side of the government are in the archive, and not only towns."""
    return any(not held.unit.kind.government and "-" in unit for unit, held in reports.items())


def _of_all(reports: Mapping[str, Held]) -> bool:
    return any(held.aggregated and held.unit.kind.government for held in reports.values())


def _lacking(view: View, there: str, other: str) -> Iterator[Problem]:
    year = view.report.year
    yield Problem((), f"{year}年度有{there}，档案里没有{other}；应有 2 份，现有 1 份", HINT)


HINT = "到县政府网站找另一份，找到就录入；这一份究竟是汇总还是本机关的，对照原件看“范围”写对没有；只公布一份的，可以不管。"

RULE = Rule(
    id="CO-TWO-DOCS",
    severity=INFO,
    basis=Basis.CUSTOM,
    title="一个县有政府的汇总报告，也有政府办公室本机关的报告",
    reason="各地通知一般要求县政府公布汇总本地区的报告，政府办公室作为一个机关另有自己的报告。只有一份的，常是把一份当成了另一份。",
    advice="找到另一份就录入；把办公室自己的数当成全县汇总的，改“范围”。",
    check=check,
)
