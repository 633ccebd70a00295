"""ID-NAME-AMBIG: a township whose name others bear can be told apart by its county."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.common_names import common_names
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Told apart by the title, by the printed name or by an alias that names the county or prefecture."""
    unit, report = view.unit, view.report
    count = common_names().get(unit.name)
    places = [d.name for d in view.divisions[1:]]
    if count is None or not places:
        return
    called = (report.title, report.printed_unit, *unit.aliases)
    if not any(place in text for text in called for place in places):
        full = f"{places[-1]}{unit.name}"
        message = f"全国有 {count} 个“{unit.name}”，标题和别名里都没有县名"
        yield Problem((), message, f"在 unit.yml 的“别名”里加上“{full}”。")


RULE = Rule(
    id="ID-NAME-AMBIG",
    severity=INFO,
    basis=Basis.ARCHIVE,
    title="重名的乡镇街道有带县名的称呼",
    reason="全国有几千个乡镇街道重名（城关镇有88个），只写镇名检索不到要找的那一个。",
    advice="在 unit.yml 的“别名”里加上带县名的全称，如“临清市尚店镇”。",
    check=check,
)
