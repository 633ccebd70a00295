"""NT-CHANNEL: requests by channel add up to the requests."""

import re
from collections.abc import Iterator

from build_tools.reading import Count, Sentence
from build_tools.rules.aids.claim import Claim
from build_tools.rules.aids.prose import stated
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_CHANNEL = re.compile(
    r"(?:网络|网上|在线|平台|信函|邮寄|信件|当面|现场|窗口|传真|电子邮件|邮件|电话|其他(?:方式|渠道|途径))[^，,。;:、()0-9]{0,10}$"
)
_END = re.compile("等|……")
_GAP = 24


def check(view: View) -> Iterator[Outcome]:
    """Add up the channels that follow a number of requests in its sentence."""
    for claim in stated(view, view.requests, "received"):
        parts = _parts(claim)
        total = sum(part.value for part in parts)
        if len(parts) > 1 and total != claim.value:
            last = parts[-1].end
            added = " + ".join(str(part.value) for part in parts)
            whole = Claim("channel", claim.value, claim.sentence, claim.start, last)
            yield whole.problem(
                f"各渠道之和 {added} = {total}，收到申请是 {claim.value}，差 {abs(total - claim.value)}"
            )


def _parts(claim: Claim) -> list[Count]:
    sentence, last, found = claim.sentence, claim.end, []
    for count in sentence.counts:
        if count.start < claim.end or count.unit == "%":
            continue
        if not _CHANNEL.search(sentence.text[max(last, count.start - _GAP) : count.start]):
            break
        found.append(count)
        last = count.end
    unsure = any(part.about for part in found) or _ends_open(sentence, last)
    return [] if unsure else found


def _ends_open(sentence: Sentence, at: int) -> bool:
    return _END.match(sentence.text, at) is not None


RULE = Rule(
    id="NT-CHANNEL",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="各渠道申请件数之和等于收到的件数",
    reason="正文列出网络、信函、当面、传真等各收到多少件，加起来应当就是收到的总数。",
    advice="逐个数字对照原件，抄错了就改正；原件就是这样写的，不要改，在“确认”里写明理由。",
    check=check,
    prose=True,
)
