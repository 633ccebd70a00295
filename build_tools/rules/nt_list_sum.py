"""NT-LIST-SUM: the parts of an enumeration add up to its total."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from build_tools.reading import Listing
from build_tools.rules.aids.apart import lists_apart
from build_tools.rules.aids.claim import Claim
from build_tools.rules.rule import INFO, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_UNITS = frozenset("件条份篇项宗起期次") | {"人次", "件次", "条次"}
_FEW = 3
_LITTLE = Decimal("1.1")
_CHANNELS = re.compile("(?:网络|网上|在线|信函|邮寄|当面|传真|邮件)(?:提交|提出|方式)?(?:的)?申请")
_OVERLAP = re.compile("网站|网页|公众号|微信|微博|客户端|公开栏|办结|满意|答复")
"""Parts that may hold the same things twice: where they were put, what became of them."""
_CHANGE = re.compile("(?:增加|减少|新增|增长|上升|下降)(?:了)?$")
_APART = re.compile("[;。]|结转|转下|复议|诉讼|另")
"""What parts two divisions of the same total, or the requests that are over from those that are not."""


def check(view: View) -> Iterator[Outcome]:
    """Add up each enumeration that counts exactly."""
    for listing in view.reading.listings:
        total, parts = listing.total, listing.parts
        if listing.about or total.unit not in _UNITS or total.spelled or _adds_up(listing):
            continue
        if _CHANNELS.search(listing.sentence.text, total.end, parts[0].start):
            continue  # NT-CHANNEL adds these up
        before = listing.sentence.text[: total.start]
        if _CHANGE.search(before):
            continue  # 较上年增加12条，其中: the parts are not those of the change
        more = listing.sum > total.value and not _overlaps(listing)
        if _sure(listing) or more:
            sentence = listing.sentence
            claim = Claim("list", total.value, sentence, total.start, parts[-1].end)
            added = "+".join(str(part.value) for part in parts)
            told = f"列出的 {len(parts)} 项之和 {added} = {listing.sum}，总数是 {total.value}"
            yield claim.problem(f"{told}，差 {abs(listing.sum - total.value)}", HINT, weak=listing.open)
    yield from _apart(view)


def _apart(view: View) -> Iterator[Outcome]:
    """A list that comes to a little more than the total that stands elsewhere; one of less may name some parts only."""
    for parts, total in lists_apart(view.reading, view.report.year):
        if total.value < parts.value <= total.value * _LITTLE:
            told = f"列出的各项之和是 {parts.value}，另一处“{total.quote}”，差 {parts.value - total.value}"
            yield parts.problem(told, HINT, weak=True)


def _overlaps(listing: Listing) -> bool:
    """Whether two of the parts, or more, may be of the same things."""
    text, last, found = listing.sentence.text, listing.total.end, 0
    for part in listing.parts:
        found += _OVERLAP.search(text, last, part.start) is not None
        last = part.end
    return found > 1


def _adds_up(listing: Listing) -> bool:
    """Whether all parts make the total, or those before another division begins."""
    text, parts = listing.sentence.text, listing.parts
    if listing.sum == listing.total.value:
        return True
    if any(part.value == listing.total.value for part in parts):
        return True  # 解读文件10件，其中文字解读10件、图解6件: the parts are not apart
    for at, made in enumerate(accumulate(part.value for part in parts[:-1]), 1):
        if made == listing.total.value:
            between = text[parts[at - 1].end : parts[at].start]
            return listing.sum == 2 * made or _APART.search(between) is not None
    return False


def _sure(listing: Listing) -> bool:
    """Whether the list means to be complete: it says so, or what it lacks is less than a tenth."""
    near = 10 * listing.sum >= 9 * listing.total.value and len(listing.parts) >= _FEW
    return not listing.open and (listing.closed or near)


HINT = "逐个数字对照原件，抄错了就改正；原件自己加不起来，不要改，在“确认”里写明规则、位置和理由。"


RULE = Rule(
    id="NT-LIST-SUM",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="“共若干，其中……”列出的各项之和等于总数",
    reason="列举了各项又写了总数，加起来应当正好；这是年报正文里最常见的错。以“等”结尾的只要求不超过总数，总数写在另一处的只看是否略多，都只作提示。",
    advice="逐个数字对照原件，抄错了就改正；原件自己加不起来，不要改，在“确认”里写明理由。",
    check=check,
    weak=INFO,
    prose=True,
)
