"""What the prose states of requests and disputes: claims, each found by the words around a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from build_tools.reading import DENIED, Count, Reading, Sentence
from build_tools.rules.aids.claim import CLAUSE, ITEMS, SUM, Claim, claim_of

_N = "[^，,。;:()0-9]"

# --- requests ---

_FOREIGN = re.compile(
    "复议|诉讼|许可|救助|补贴|信访|建议|提案|热线|留言|咨询|审批|投诉|公民个人|自然人|企业(?:提|政府|信息|的|申请)|法人提|"
    "科研机构|公益组织|法律服务机构|某|转来|转办|转交|移交|直接收到|(?<![至到—-])(?<![0-9])(?<![至到—-]1)[0-9]{1,2}月(?:份|[0-9]{1,2}日)?收到"
)
_CHANNEL = "(?:网络|网上|在线|信函|邮寄|信件|当面|现场|传真|电子邮件|邮件|平台|电话)"
_BY_CHANNEL = re.compile(rf"(?:其中)?(?:通过)?{_CHANNEL}{_N}{{0,8}}(?:收到|受理|接收)")
_OF_INFORMATION = rf"(?:{_N}{{0,30}}?(?:公开|依))?"
"""What the requests are for: nothing else is named, or it is 公开."""
_RECEIVED = re.compile(
    rf"(?:收到|受理|接收|收办|新收|接到)(?:了|和处理|共|各类|的)?{_OF_INFORMATION}(?:的)?申请(?:公开)?(?:政府)?(?:信息)?"
    rf"(?:案件|事项|件|的)?{SUM}$|(?:收到|受理|接收|接到)(?:了|共)?依申请公开{SUM}$|"
    "依申请公开(?:申请)?(?:总数|数量|件数|数)(?:共计|共有|共|为|有|:)?$"
)
_BARE = re.compile("(?:收到|受理|接收|收办|新收|接到)(?:了|共)?$")
_THEN = re.compile(rf"(?:的)?{_OF_INFORMATION}(?:的)?申请(?!{_N}{{0,3}}(?:复议|诉讼))")
_DONE = re.compile(
    rf"(?:办结|(?<!公开)(?<!提供)(?<!处理)(?<!不予)(?<!延期)(?<!逾期)(?<!口头)(?<!当场)(?<!的)答复|回复)(?:了)?(?:答复)?(?:依申请公开|{_N}{{0,10}}?申请|依申请)?(?:事项|件)?{SUM}$"
)
_LATE = re.compile("^[，,、](?:其中|另)?(?:延期|逾期|超期)(?:答复|办结|办理)")
"""What makes the settled ones before it those that were in time."""
_OUT = re.compile(
    r"(?:结转|转|顺延)(?:到|至|入)?(?:下一?年度?|次年度?|20[0-9]{2}年度?)(?:继续)?(?:办理)?(?:答复)?(?:的)?(?:申请)?"
    rf"{SUM}$"
)
_OUT_THEN = re.compile(r"(?:申请)?(?:将|已|拟)?(?:结转|顺延|转)(?:到|至|入)?(?:下|次|20)")
_IN = re.compile(rf"上一?年度?(?:结转|转入|转结)(?:的)?(?:{_N}{{0,16}}?申请)?(?:办理)?{SUM}$")
RESULTS = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
_RESULT = re.compile(
    rf"(?<![及和与或不])(?<!以及)(同意公开|{'|'.join(RESULTS)})(?:答复|决定)?(?:的)?(?:申请)?(?:\([^()]{{0,20}}\))?{SUM}$"
)
_ASKED = re.compile("申请")
_CONTEXT = re.compile("(?<!依)申请|答复|办结")


def requests(reading: Reading) -> Iterator[Claim]:
    """Claims of topics received, done, in, out, and each of RESULTS, of sentences that speak of requests."""
    for sentence in reading.about("申请"):
        asked, settled = (_first(p, sentence.text) for p in (_ASKED, _CONTEXT))
        for count, tail, after in sentence.around:
            context = asked < count.start and settled < count.start
            topic = _of_request(tail, after, context=context) if count.unit in ITEMS else ""
            if topic and not _said_of_each(topic, count, tail):
                then = _OUT_THEN.match(after) if topic == "out" else None
                yield claim_of(topic, sentence, count, tail, then.end() if then else 0)


def _said_of_each(topic: str, count: Count, tail: str) -> bool:
    """办结一件、满意一件, 每收到一件: no number of requests."""
    return count.spelled and count.value == 1 and (topic == "done" or re.search("[每凡逢]", tail) is not None)


def _first(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return match.start() if match else len(text)


def _of_request(tail: str, after: str, *, context: bool) -> str:
    if found := _RESULT.search(tail):
        return found[1].replace("同意", "予以") if context else ""
    if _OUT.search(tail) or _OUT_THEN.match(after):
        return "out"
    if _IN.search(tail):
        return "in"
    foreign = _FOREIGN.search(tail) or _FOREIGN.search(CLAUSE.split(after[:10], maxsplit=1)[0])
    if not foreign and _DONE.search(tail):
        return "done" if context and not _LATE.search(after) else ""
    return "received" if not foreign and _is_received(tail, after) else ""


def _is_received(tail: str, after: str) -> bool:
    if _BY_CHANNEL.match(tail):
        return False
    bare = _BARE.search(tail) and _THEN.match(after)
    return bool(bare or (_RECEIVED.search(tail) and not tail.startswith("其中")))


# --- disputes ---

_DISPUTE = re.compile(rf"(复议|诉讼)(?:申请|案件|案)?{SUM}(?:发生)?$")
_DISPUTE_THEN = re.compile(r"[^，,。;、0-9]{0,24}?(复议|诉讼)")
_LED = re.compile(rf"(?:收到|发生|引起|引发|提起|产生|受理){_N}{{0,8}}$")
_NOT_COUNTED = re.compile("维持|纠正|其他结果|审结|败诉|胜诉|撤销|备案|培训|驳回|终止|答复|应诉|上年|结转")
_OF_DISCLOSURE = re.compile("信息公开|依申请")
_BOTH = re.compile("复议.{0,8}诉讼|诉讼.{0,8}复议")


def disputes(reading: Reading) -> Iterator[Claim]:
    """Claims of topics 复议 and 诉讼; a nought may be told of both at once."""
    for sentence in reading.about("复议", "诉讼"):
        if _OF_DISCLOSURE.search(sentence.text):
            for count, tail, after in sentence.around:
                for topic in _of_dispute(tail, after, count) if count.unit in ITEMS else ():
                    yield claim_of(topic, sentence, count, tail)
        yield from denied(sentence, _DENIED_DISPUTE, _disputed, _EXCUSED)


def _of_dispute(tail: str, after: str, count: Count) -> tuple[str, ...]:
    if _NOT_COUNTED.search(tail):
        return ()
    found = _DISPUTE.search(tail) or (_LED.search(tail) and _DISPUTE_THEN.match(after))
    if not found:
        return ()
    if _BOTH.search(tail) or _BOTH.search(after):
        return ("复议", "诉讼") if count.value == 0 else ()
    return (found[1],)


_CASES = "(?:的)?(?:申请|案件|案)?(?:的)?(?:情况|情形|事项|现象|问题|发生)?"
_DENIED_DISPUTE = re.compile(
    rf"(?:{DENIED}(?:收到|接到|发生|出现|产生|涉及|引发|引起|因|被)|(?:没有|无)(?!法|正当|条件))[^，,。;:()0-9]{{0,30}}?"
    rf"(?:复议|诉讼){_CASES}(?:(?:和|及|或|以及|、|,)(?:被)?(?:提起|申请|引发|引起)?(?:的)?(?:行政)?(?:复议|诉讼){_CASES})?(?=[，,。;:()、]|$)"
)
_EXCUSED = re.compile(
    "未经|纠错|纠正|败诉|撤销|被复议|逾期|上年|培训|重大|因[未不]|未按|未能|不履|(?:复议|诉讼)(?:后|经|决定|机关)|经(?:行政)?复议"
)


def _disputed(words: str) -> tuple[str, ...]:
    return tuple(topic for topic in ("复议", "诉讼") if topic in words)


# --- no requests at all ---

_DENIED_REQUEST = re.compile(
    rf"(?:(?:未|没有|没|从未)(?:有|曾|再)?(?:收到|接到|受理|接收|发生|出现|产生)|(?:没有|无)(?!法|正当|现成|偿|需|论|效|关|逾期|条件))"
    rf"(?:过|任何)?{_N}{{0,24}}?(?:信息公开申请|依申请公开|公开的申请|申请公开|申请要求公开|公开信息申请)[^，,。;:()0-9]{{0,14}}"
)
_NOT_ALL = re.compile(
    "复议|诉讼|投诉|举报|收费|费用|逾期|超期|超时|不予|部分|败诉|纠|泄密|失误|拒|延期|未答复|上半年|季度|被诉|"
    "不属于|涉及|涉密|重复|不满|超出|无人|异常|不当|不规范|反映|"
    f"{_CHANNEL}|(?:收到|接到|受理)法人|法人(?!或|和|、)|企业|重大|问题|渠道|以外|平台|专栏|指南|目录|制度|条件"
)


def none_received(reading: Reading) -> Iterator[Claim]:
    """Where the prose says that no request came in: denied, or counted as 0."""
    for sentence in reading.about("申请"):
        yield from denied(sentence, _DENIED_REQUEST, lambda _: ("received",), _NOT_ALL)
        for count, tail, after in sentence.around:
            nought = count.value == 0 and count.unit in ITEMS and not _of_some(tail)
            person = nought and _PERSON.search(tail)
            if nought and (person or _of_request(tail, after, context=True) == "received"):
                yield claim_of("received", sentence, count, tail)


def _of_some(tail: str) -> bool:
    """Whether some applicants or requests are spoken of alone: 收到法人或其他组织提出的申请0件."""
    return "公民" not in tail and re.search("法人|组织|企业|机构|重复|涉密|涉及|不属于", tail) is not None


_PERSON = re.compile(rf"(?:收到|受理|接收)公民个人{_N}{{0,12}}申请{SUM}$")


def denied(
    sentence: Sentence,
    pattern: re.Pattern[str],
    topics: Callable[[str], tuple[str, ...]],
    unless: re.Pattern[str],
) -> Iterator[Claim]:
    """A claim of nought for each topic that the sentence denies."""
    for match in pattern.finditer(sentence.text):
        if not unless.search(match.group()):
            for topic in topics(match.group()):
                yield Claim(topic, 0, sentence, match.start(), match.end())
