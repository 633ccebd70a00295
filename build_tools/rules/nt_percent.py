"""NT-PERCENT: a share is the part by the whole, and none is over 100 %."""

import re
from collections.abc import Iterator
from decimal import Decimal

from build_tools.reading import Count, Listing
from build_tools.rules.aids.claim import Claim
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

_SHARE = re.compile("[，,]?(?:占比?|比例)[^，,。;:()0-9]{0,10}$")
_RATE = re.compile("(?:占比?|办结率|答复率|公开率|合格率|满意率)[^，,。;:()0-9]{0,8}$")
_ALL, _NEAR, _GAP = 100, 1, 14


def check(view: View) -> Iterator[Outcome]:
    """Work out each share in an enumeration, and look for rates of more than the whole."""
    for listing in view.reading.listings:
        for part, share in _shares(listing) if listing.total.value else ():
            right = Decimal(part.value) * _ALL / Decimal(listing.total.value)
            if abs(right - share.value) > _NEAR:
                claim = Claim("share", share.value, listing.sentence, part.start, share.end)
                told = f"{part.value} ÷ {listing.total.value} = {right:.1f}%，写的是 {share.value}%"
                yield claim.problem(f"{told}，差 {abs(right - share.value):.1f} 个百分点", HINT)
    for sentence in view.reading.about("%"):
        for count in sentence.counts:
            before = sentence.text[max(0, count.start - _GAP) : count.start]
            if count.unit == "%" and count.value > _ALL and _RATE.search(before):
                claim = Claim("rate", count.value, sentence, count.start, count.end)
                yield claim.problem(
                    f"比例是 {count.value}%，超过 100%，多 {count.value - _ALL} 个百分点", HINT
                )


def _shares(listing: Listing) -> Iterator[tuple[Count, Count]]:
    text, parts = listing.sentence.text, {part.end: part for part in listing.parts}
    last = None
    for count in listing.sentence.counts:
        if count.unit == "%" and last and _SHARE.fullmatch(text[last.end : count.start]) and not last.about:
            yield last, count
        last = parts.get(count.end)


HINT = "照正文的数算一算，抄错了就改正；原件就是这样写的，可以不管这条提示。"


RULE = Rule(
    id="NT-PERCENT",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="正文里的百分比算得对",
    reason="“若干件，占百分之几”应是部分除以总数；占比、办结率不会超过 100%。",
    advice="对照原件，抄错了就改正；原件就是这样写的，可以不管这条提示。",
    check=check,
    prose=True,
)
