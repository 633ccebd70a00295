"""DU-PREV-SEC5: the problems are not word for word those of last year, or of the year before."""

from collections.abc import Iterator

from build_tools.copies.own import LEAST_SECTION, alike, closest
from build_tools.rules.aids.copied import copied
from build_tools.rules.du_prev import SUSPECT as WHOLE
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

SUSPECT = 0.90
PART = "problems"
_FEW = 3  # clauses that must be the same anywhere in the two reports


def check(view: View) -> Iterator[Outcome]:
    """Look at the part by itself, unless DU-PREV says it of the whole report."""
    before = [past for past in view.past if len(view.own.glance & past.glance) >= _FEW]
    if not before or any(alike(view.own, past) >= WHOLE for past in view.past):
        return
    match = closest(view.own.section(PART), [past.section(PART) for past in before], LEAST_SECTION)
    if match and match.degree >= SUSPECT:
        whose = f"本单位{match.other.report.year}年度报告的同一部分"
        yield copied(match, "这一部分", whose, HINT)


HINT = "先核对抄录，抄成了别的年度的就改正；原件就是这样的，照录，在“确认”里写明理由。写年报的单位：写上年的问题改了没有，今年又有什么问题。"

RULE = Rule(
    id="DU-PREV-SEC5",
    severity=WARNING,
    basis=Basis.CUSTOM,
    title="存在的问题不与前两年的报告雷同",
    reason="问题和改进措施年年一样，说明上年说要改的没有改，或者这一部分是照抄的。全文都雷同的，由 DU-PREV 指出，这里不再说。",
    advice="对照两年的原件，录错了就改正。原件就是雷同的，照录，在“确认”里写明理由。",
    check=check,
)
