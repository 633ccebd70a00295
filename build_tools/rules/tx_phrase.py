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
                message = f"“{text.plain[start:end]}”有误，应是“{phrase}”"
                yield Problem(text.path, message, HINT, words=text.span(start, end))


HINT = "对照原件，抄错了就改正；原件就是这样印的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-PHRASE",
    severity=ERROR,
    basis=Basis.CUSTOM,
    title="固定的政治表述和领导人姓名没有写错",
    reason=(
        "政府网站检查把这类差错列为单项否决。抄录时错一个字，也是档案的错。只查固定不变的说法，如“中华民族伟大复兴”"
        "“以人民为中心的发展思想”“让权力在阳光下运行”，“四个意识”一类简称在引号里才查；错、漏、多、颠倒一个字的能看出来，"
        "写法本来不止一种的不查，整句漏掉的看不出来。"
    ),
    advice="对照原件，抄错了就改正；原件就是这样印的，照录，在“确认”里写明理由，并请单位更正。",
    check=check,
)
