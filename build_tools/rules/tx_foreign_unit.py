"""TX-FOREIGN-UNIT: no other place is named as the unit's own."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.places import foreign
from build_tools.rules.rule import INFO, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Of a place that is somewhere else one cannot tell by words alone whether it has to do with the matter: a hint."""
    for found in foreign(view):
        words = found.text.span(found.start, found.end)
        strange = f"不是{view.unit.name}的地方" if found.known else "没有查到这个地方"
        yield Problem(
            found.text.path, f"这里写着“{found.name}”，{strange}", HINT, weak=found.known, words=words
        )


HINT = "核对抄录，抄错了就改正；原件就是这样写的，或者说的就是别处的事，照录，在“确认”里写明理由；只是提示的可以不管。"

RULE = Rule(
    id="TX-FOREIGN-UNIT",
    severity=WARNING,
    weak=INFO,
    basis=Basis.CUSTOM,
    title="没有别的地方的名字",
    reason="正文里留着别的镇、别的县的名字，说明整段是从别处抄来的；检查中常见“跨区域抄袭”。哪里都没有的镇名是警告；别处真有的，可能确有往来，只作提示。",
    advice="对照原件，抄错了就改正。原件如此，或者说的就是别处的事，照录，在“确认”里写明理由；只是提示的可以不管。",
    check=check,
)
