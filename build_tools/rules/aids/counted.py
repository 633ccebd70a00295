"""What the prose states of documents, decisions and fees, each found by the words around a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.reading import Reading
from build_tools.rules.aids.claim import SUM, Claim, claim_of

_NORMATIVE = "(?:行政)?规范性文件"
_DOCUMENTS = (
    ("made", re.compile(rf"(?:制发|制定|新制作|出台)(?:了|的)?(?:{_NORMATIVE})?{SUM}$")),
    ("repealed", re.compile(rf"废止(?:了|的)?(?:{_NORMATIVE})?{SUM}$")),
    ("valid", re.compile(rf"现行有效(?:的)?(?:{_NORMATIVE})?{SUM}$")),
)
_PAGES = re.compile(r"规范性文件(?:类)?(?:政府)?信息$")
_FILES = frozenset("件个份部")
_NEAR = re.compile(_NORMATIVE)
_AGAIN = re.compile("废止|现行有效")


def documents(reading: Reading) -> Iterator[Claim]:
    """Claims of topics made, repealed and valid: numbers of 规范性文件; and pages: 条 of what is published of them."""
    for sentence in reading.about("规范性文件"):
        near = False  # 制发规范性文件5件，废止1件: the second are documents too
        for count, tail, after in sentence.around:
            near = bool(_NEAR.search(tail) or _NEAR.match(after) or (near and _AGAIN.fullmatch(tail)))
            if near and count.unit in _FILES:
                yield from (claim_of(t, sentence, count, tail) for t, p in _DOCUMENTS if p.search(tail))
            elif count.unit == "条" and _PAGES.search(tail):
                yield claim_of("pages", sentence, count, tail)


_DECISION = re.compile(rf"(行政许可|行政处罚|行政强制)(?:处理)?(?:决定|事项|案件)?{SUM}$")
_OTHERWISE = re.compile("公开|其中|领域|方面")
_DECISIONS = frozenset("件项宗起例")


def decisions(reading: Reading) -> Iterator[Claim]:
    """Claims of topics 行政许可, 行政处罚, 行政强制: how many were decided."""
    for sentence in reading.about("行政许可", "行政处罚", "行政强制"):
        for count, tail, _ in sentence.around:
            if count.unit in _DECISIONS and (found := _DECISION.search(tail)) and not _OTHERWISE.search(tail):
                yield claim_of(found[1], sentence, count, tail)


# --- fees ---

FEE = "信息处理费"
_CHARGED = re.compile(rf"(?:收取|收缴|缴纳|收到|征收|收费|{FEE})[^，,。;]{{0,16}}$")


def fees(reading: Reading) -> Iterator[Claim]:
    """Sums in 元 of 信息处理费 that were charged."""
    for sentence in reading.about(FEE):
        for count, tail, _ in sentence.around:
            if count.unit == "元" and _CHARGED.search(tail) and not re.search("标准|每[件页]|按", tail):
                yield claim_of("fee", sentence, count, tail)
