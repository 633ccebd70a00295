"""TX-PHRASE: fixed phrases and names of leaders are written as they are."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.phrases import slips
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Each slip once."""
    for text in view.texts:
        told: set[tuple[int, int]] = set()
        for start, end, phrase in slips(text.plain):
            if not any(start < last and first < end for first, last in told):
                told.add((start, end))
                right = f"，应是“{phrase}”" if phrase else "，姓名写错了"
                message = f"“{text.plain[start:end]}”有误{right}"
                yield Problem(text.path, message, HINT, words=text.span(start, end))


HINT = "对照原件，抄错了就改正；原件就是这样印的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-PHRASE",
    severity=ERROR,
    basis=Basis.CUSTOM,
    title="固定的政治表述和领导人姓名没有写错",
    reason="政府网站检查把这类差错列为单项否决。抄录时错一个字，也是档案的错。",
    advice="对照原件，抄错了就改正；原件就是这样印的，照录，在“确认”里写明理由，并请单位更正。",
    check=check,
)
