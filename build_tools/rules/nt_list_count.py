"""NT-LIST-COUNT: an enumeration of so many fields has so many parts."""

import re
from collections.abc import Iterator

from build_tools.reading import Listing
from build_tools.rules.aids.claim import Claim
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

_FIELDS = re.compile("[^，,。;:()0-9]{0,3}$")
_WORD = re.compile("领域|方面|大类|类别|类|部分|板块|栏目")


def check(view: View) -> Iterator[Outcome]:
    """Count the parts of an enumeration whose total is told of N fields: 14个领域229条清单，分别是……."""
    for listing in view.reading.listings:
        claim = None if listing.open or listing.about else _fields(listing)
        if claim and not claim.about and claim.value != len(listing.parts):
            parts = len(listing.parts)
            yield claim.problem(
                f"说有 {claim.value} 个，列出的是 {parts} 个，差 {abs(claim.value - parts)}", HINT
            )


def _fields(listing: Listing) -> Claim | None:
    sentence = listing.sentence
    for count in sentence.counts:
        word = _WORD.match(sentence.text, count.end)
        between = sentence.text[word.end() : listing.total.start] if word else "。"
        if count.unit == "个" and word and _FIELDS.fullmatch(between):
            return Claim("fields", count.value, sentence, count.start, word.end(), count.about)
        if count.start >= listing.total.start:
            break
    return None


HINT = "数一数原件列出的项，抄漏了就补上；原件就是这样写的，可以不管这条提示。"


RULE = Rule(
    id="NT-LIST-COUNT",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="“若干个领域、方面”列出的正好是这么多",
    reason="说了几个领域、几个方面，后面就应列出几个；少了多半是抄漏了一项。",
    advice="对照原件，抄错了就改正；原件就是这样写的，可以不管这条提示。",
    check=check,
    prose=True,
)
