"""TX-FOREIGN-UNIT: no other place is named as the unit's own."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.places import Nearness, foreign
from build_tools.rules.rule import ERROR, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """A county of another prefecture is an error; one near by, and a township, may have their reasons."""
    for found in foreign(view):
        words = found.text.span(found.start, found.end)
        strange = "没有查到这个地方" if found.nearness is Nearness.UNKNOWN else f"不是{view.unit.name}的地方"
        weak = found.nearness is not Nearness.FAR
        yield Problem(found.text.path, f"这里写着“{found.name}”，{strange}", HINT, weak=weak, words=words)


HINT = "核对抄录，抄错了就改正；原件就是这样写的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-FOREIGN-UNIT",
    severity=ERROR,
    weak=WARNING,
    basis=Basis.CUSTOM,
    title="没有别的地方的名字",
    reason="正文里留着别的镇、别的县的名字，说明整段是从别处抄来的；检查中常见“跨区域抄袭”。",
    advice="对照原件，抄错了就改正；原件如此，照录，在“确认”里写明理由；确是与别处往来的，也在“确认”里写明。",
    check=check,
)
