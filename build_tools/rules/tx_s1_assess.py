"""TX-S1-ASSESS: a government tells of assessment, of what people think, and of who was held to account."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.search import part
from build_tools.rules.rule import INFO, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_ASKED = {
    "工作考核": re.compile("考核|考评|绩效|督查|督办|检查"),
    "社会评议": re.compile("评议|满意度|测评|意见箱|意见建议|意见和建议"),
    "责任追究": re.compile("追究|追责|问责|责任制"),
}


def check(view: View) -> Iterator[Outcome]:
    """Of the law's three all must be somewhere in the prose; offices of streets are only reminded."""
    kind = view.unit.kind
    if not kind.government and (kind.aggregates or not kind.codes):
        return
    if not view.report.form.free and part(view, "overview") is None:  # TX-SECTIONS says so
        return
    prose = " ".join(text.plain for text in view.prose)
    lacking = [name for name, pattern in _ASKED.items() if not pattern.search(prose)]
    if lacking:
        path = next((s.path for s in view.report.sections if s.id == "overview"), ())
        yield Problem(path, f"没有写{'、'.join(lacking)}", HINT, weak=not kind.government)


HINT = "核对抄录，抄错了就改正；原件就是这样写的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-S1-ASSESS",
    severity=WARNING,
    weak=INFO,
    basis=Basis.LAW,
    title="人民政府的年报写明工作考核、社会评议和责任追究",
    reason="《政府信息公开条例》（2019年修订）第五十条：各级人民政府的年报还应包括工作考核、社会评议和责任追究结果情况。没有发生的也应写明。",
    advice="核对抄录。原件如此，照录，在“确认”里写明理由。",
    check=check,
    since=2019,
)
