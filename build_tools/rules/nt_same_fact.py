"""NT-SAME-FACT: the same figure stated twice is the same."""

import re
from collections.abc import Iterator

from build_tools.reading import Sentence
from build_tools.rules.aids.claim import Claim
from build_tools.rules.aids.prose import own
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_PUBLISHED = re.compile(
    r"(?:^|[，,。;:])(?:截[止至][^，,。;]{1,14}[，,])?(?:20[0-9]{2}年度?|全年|今年|本年度?|我[镇乡县区市街道局]{1,2}|[一-龥]{0,8}[镇乡])?"
    r"(?:共计|共|累计|总计|全年)?主动公开(?:各类)?(?:政府|政务)?信息(?:共计|共|累计|总数为?|总计)?(?=[0-9])"
)


def check(view: View) -> Iterator[Outcome]:
    """Hold the statements of how much was published in all against the first of them."""
    first: Claim | None = None
    for sentence in view.reading.about("主动公开"):
        for claim in _published(view, sentence):
            first = first or claim
            if claim.value != first.value:
                before = f"前面“{first.quote}”是 {first.value}"
                yield claim.problem(f"{before}，这里是 {claim.value}，差 {abs(claim.value - first.value)}")
                return


def _published(view: View, sentence: Sentence) -> Iterator[Claim]:
    for count in sentence.counts:
        if count.unit != "条" or count.about:
            continue
        words = sentence.text[max(0, count.start - 40) : count.start + 1]
        match = next((m for m in _PUBLISHED.finditer(words) if m.end() == len(words) - 1), None)
        if match and sentence.of_year(view.report.year, count.start) and own(view, sentence, count.start):
            start = count.start - (len(words) - 1 - match.start())
            yield Claim("published", count.value, sentence, start, count.end)


RULE = Rule(
    id="NT-SAME-FACT",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="同一个数在正文里说两次，应当一样",
    reason="“全年主动公开政府信息多少条”在正文里前后说了不同的数，有一处错。",
    advice="对照原件改正抄录；原件就是这样写的，不要改，在“确认”里写明规则、位置和理由。",
    check=check,
    prose=True,
)
