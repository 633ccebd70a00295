"""What the prose states of requests, disputes, documents and decisions: claims, each found by the words around a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from build_tools.reading import DENIED, Count, Reading, Sentence
from build_tools.rules.aids.claim import Claim

_REACH, _AFTER = 48, 26
_ITEMS = frozenset("件条宗份起次项例个人") | {"件次"}
_N = "[^，,。;:()0-9]"
_SUM = "(?:总数|数量|件数|数)?(?:共计|总计|合计|共有|共|为|有|:)?"
_CLAUSE = re.compile("[，,;。]")

# --- requests ---

_FOREIGN = re.compile(
    "复议|诉讼|许可|救助|补贴|信访|建议|提案|热线|留言|咨询|审批|投诉|公民个人|自然人|企业提|法人提"
)
_CHANNEL = "(?:网络|网上|在线|信函|邮寄|信件|当面|现场|传真|电子邮件|邮件|平台|电话)"
_BY_CHANNEL = re.compile(rf"(?:其中)?(?:通过)?{_CHANNEL}{_N}{{0,8}}(?:收到|受理|接收)")
_RECEIVED = re.compile(
    rf"(?:收到|受理|接收|收办|新收|接到)(?:了|和处理)?{_N}{{0,30}}?(?<!信函)(?<!网络)(?<!网上)(?<!当面)(?<!邮寄)"
    rf"(?:申请|依申请公开)(?:公开)?(?:政府)?(?:信息)?(?:案件|事项|件|的)?{_SUM}$|依申请公开(?:申请)?{_SUM}$"
)
_BARE = re.compile("(?:收到|受理|接收|收办|新收|接到)(?:了|共)?$")
_THEN = re.compile(rf"(?:的)?(?:有关|各类)?{_N}{{0,8}}?(?:申请|依申请公开)(?!{_N}{{0,3}}(?:复议|诉讼))")
_DONE = re.compile(
    rf"(?:办结|(?<!公开)(?<!提供)(?<!处理)(?<!不予)(?<!延期)(?<!逾期)(?<!口头)(?<!当场)答复|回复)(?:了)?(?:答复)?(?:依申请公开|{_N}{{0,10}}?申请|依申请)?(?:事项|件)?{_SUM}$"
)
_OUT = re.compile(
    r"(?:结转|转|顺延)(?:到|至|入)?(?:下一?年度?|次年度?|20[0-9]{2}年度?)(?:继续)?(?:办理)?(?:答复)?(?:的)?(?:申请)?"
    rf"{_SUM}$"
)
_OUT_THEN = re.compile(r"(?:申请)?(?:将|已|拟)?(?:结转|顺延|转)(?:到|至|入)?(?:下|次|20)")
_IN = re.compile(rf"上一?年度?(?:结转|转入|转结)(?:的)?(?:{_N}{{0,16}}?申请)?(?:办理)?{_SUM}$")
RESULTS = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
_RESULT = re.compile(
    rf"(?<![及和与或不])(?<!以及)(同意公开|{'|'.join(RESULTS)})(?:答复|决定)?(?:的)?(?:申请)?(?:\([^()]{{0,20}}\))?{_SUM}$"
)
_CONTEXT = re.compile("信息公开申请|依申请|申请公开|公开申请")


def requests(reading: Reading) -> Iterator[Claim]:
    """Claims of topics received, done, in, out, and each of RESULTS, of sentences that speak of requests."""
    for sentence in reading.about("申请"):
        context = _CONTEXT.search(sentence.text) is not None
        for count, tail, after in _around(sentence):
            topic = _of_request(tail, after, context=context) if count.unit in _ITEMS else ""
            if topic:
                yield _claim(topic, sentence, count, tail)


def _of_request(tail: str, after: str, *, context: bool) -> str:
    if found := _RESULT.search(tail):
        return found[1].replace("同意", "予以") if context else ""
    if _OUT.search(tail) or _OUT_THEN.match(after):
        return "out"
    if _IN.search(tail):
        return "in"
    foreign = _FOREIGN.search(tail) or _FOREIGN.search(after[:10])
    if not foreign and _DONE.search(tail):
        return "done" if context else ""
    return "received" if not foreign and _is_received(tail, after) else ""


def _is_received(tail: str, after: str) -> bool:
    if _BY_CHANNEL.match(tail):
        return False
    bare = _BARE.search(tail) and _THEN.match(after)
    return bool(bare or (_RECEIVED.search(tail) and not tail.startswith("其中")))


# --- disputes ---

_DISPUTE = re.compile(rf"(复议|诉讼)(?:申请|案件|案)?{_SUM}(?:发生)?$")
_DISPUTE_THEN = re.compile(r"[^，,。;、0-9]{0,24}?(复议|诉讼)")
_LED = re.compile(rf"(?:收到|发生|引起|引发|提起|产生|受理){_N}{{0,8}}$")
_NOT_COUNTED = re.compile("维持|纠正|其他结果|审结|败诉|胜诉|撤销|备案|培训|驳回|终止|答复|应诉|上年|结转")
_OF_DISCLOSURE = re.compile("信息公开|依申请")
_BOTH = re.compile("复议.{0,8}诉讼|诉讼.{0,8}复议")


def disputes(reading: Reading) -> Iterator[Claim]:
    """Claims of topics 复议 and 诉讼; a nought may be told of both at once."""
    for sentence in reading.about("复议", "诉讼"):
        if _OF_DISCLOSURE.search(sentence.text):
            for count, tail, after in _around(sentence):
                for topic in _of_dispute(tail, after, count) if count.unit in _ITEMS else ():
                    yield _claim(topic, sentence, count, tail)
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


_DENIED_DISPUTE = re.compile(
    rf"(?:{DENIED}(?:收到|接到|发生|出现|产生|涉及|引发|引起|因|被)|(?:没有|无)(?!法|正当|条件))[^，,。;:()0-9]{{0,30}}?"
    r"(?:复议|诉讼)[^，,。;:()]{0,20}"
)
_EXCUSED = re.compile("未经|纠错|败诉|撤销|被复议|逾期|上年|培训|重大")


def _disputed(words: str) -> tuple[str, ...]:
    return tuple(topic for topic in ("复议", "诉讼") if topic in words)


# --- no requests at all ---

_DENIED_REQUEST = re.compile(
    rf"(?:(?:未|没有|没|从未)(?:有|曾|再)?(?:收到|接到|受理|接收|发生|出现|产生)|(?:没有|无)(?!法|正当|现成|偿|需|论|效|关|逾期|条件))"
    rf"(?:过|任何)?{_N}{{0,24}}?(?:信息公开申请|依申请公开|公开的申请|申请公开|申请要求公开|公开信息申请)[^，,。;:()0-9]{{0,14}}"
)
_NOT_ALL = re.compile(
    "复议|诉讼|投诉|举报|收费|费用|逾期|超期|超时|不予|部分|败诉|纠|泄密|失误|拒|延期|未答复|上半年|季度|被诉|"
    f"{_CHANNEL}|(?:收到|接到|受理)法人|法人(?!或|和|、)|企业|重大|问题|渠道|以外|平台|专栏|指南|目录|制度|条件"
)


def none_received(reading: Reading) -> Iterator[Claim]:
    """Where the prose says that no request came in: denied, or counted as 0."""
    for sentence in reading.about("申请"):
        yield from denied(sentence, _DENIED_REQUEST, lambda _: ("received",), _NOT_ALL)
        for count, tail, after in _around(sentence):
            nought = count.value == 0 and count.unit in _ITEMS
            person = nought and _PERSON.search(tail)
            if nought and (person or _of_request(tail, after, context=True) == "received"):
                yield _claim("received", sentence, count, tail)


_PERSON = re.compile(rf"(?:收到|受理|接收)公民个人{_N}{{0,12}}申请{_SUM}$")

# --- documents and decisions ---

_NORMATIVE = "(?:行政)?规范性文件"
_DOCUMENTS = (
    ("made", re.compile(rf"(?:制发|制定|新制作|出台)(?:了|的)?(?:{_NORMATIVE})?{_SUM}$")),
    ("repealed", re.compile(rf"废止(?:了|的)?(?:{_NORMATIVE})?{_SUM}$")),
    ("valid", re.compile(rf"现行有效(?:的)?(?:{_NORMATIVE})?{_SUM}$")),
)
_FILES = frozenset("件个份部")
_NEAR = re.compile(_NORMATIVE)
_AGAIN = re.compile("废止|现行有效")


def documents(reading: Reading) -> Iterator[Claim]:
    """Claims of topics made, repealed and valid: numbers of 规范性文件, not of pages about them."""
    for sentence in reading.about("规范性文件"):
        near = False  # 制发规范性文件5件，废止1件: the second are documents too
        for count, tail, after in _around(sentence):
            near = bool(_NEAR.search(tail) or _NEAR.match(after) or (near and _AGAIN.fullmatch(tail)))
            if near and count.unit in _FILES:
                yield from (_claim(t, sentence, count, tail) for t, p in _DOCUMENTS if p.search(tail))


_DECISION = re.compile(rf"(行政许可|行政处罚|行政强制)(?:处理)?(?:决定|事项|案件)?{_SUM}$")
_OTHERWISE = re.compile("公开|其中|领域|方面")
_DECISIONS = frozenset("件项宗起例")


def decisions(reading: Reading) -> Iterator[Claim]:
    """Claims of topics 行政许可, 行政处罚, 行政强制: how many were decided."""
    for sentence in reading.about("行政许可", "行政处罚", "行政强制"):
        for count, tail, _ in _around(sentence):
            if count.unit in _DECISIONS and (found := _DECISION.search(tail)) and not _OTHERWISE.search(tail):
                yield _claim(found[1], sentence, count, tail)


# --- fees ---

FEE = "信息处理费"
_CHARGED = re.compile(rf"(?:收取|收缴|缴纳|收到|征收|收费|{FEE})[^，,。;]{{0,16}}$")


def fees(reading: Reading) -> Iterator[Claim]:
    """Sums in 元 of 信息处理费 that were charged."""
    for sentence in reading.about(FEE):
        for count, tail, _ in _around(sentence):
            if count.unit == "元" and _CHARGED.search(tail) and not re.search("标准|每[件页]|按", tail):
                yield _claim("fee", sentence, count, tail)


# --- the same for all ---


def _around(sentence: Sentence) -> Iterator[tuple[Count, str, str]]:
    """Each count with its clause up to it, from the count before at most, and what follows."""
    text, last = sentence.text, 0
    for count in sentence.counts:
        before = text[max(last, count.start - _REACH) : count.start]
        yield count, _last_clause(before), text[count.end : count.end + _AFTER]
        last = count.end


@lru_cache(maxsize=512)
def _last_clause(before: str) -> str:
    tail = _CLAUSE.split(before.lstrip("，,;、:"))[-1]
    return tail if tail.endswith(":") else tail.rpartition(":")[2]


def _claim(topic: str, sentence: Sentence, count: Count, tail: str) -> Claim:
    start = max(count.start - len(tail), 0)
    return Claim(topic, count.value, sentence, start, count.end, count.about)


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


__all__ = [
    "FEE",
    "RESULTS",
    "decisions",
    "disputes",
    "documents",
    "fees",
    "none_received",
    "requests",
]
