"""Finds in any text what nobody should read in it (numbers and names of people, passwords), and masks it. Pure.

What is found is what the rules of privacy speak of; `masked` is what every text goes through that is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from build_tools.folded import Folded, fold
from build_tools.private import Kind, Secret
from build_tools.private_words import names, passwords, personal_mailboxes

MASK = "＊"
"""Stands for a character that is not shown. Not *, which is markup."""


_RUN = re.compile(r"(?<![0-9A-Za-z])[0-9]+(?:[ \-][0-9]+)*[xX]?(?![0-9A-Za-z])")
_LONG = re.compile(r"[0-9](?:[ \-]?[0-9]){10}")
_GROUP = re.compile("[0-9]+[xX]?")
_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_ID18 = re.compile(rf"[1-9][0-9]{{5}}(?:19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9Xx]")
_PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])"
_ID15 = re.compile(rf"{_PROVINCE}[0-9]{{6}}{_DAY}[0-9]{{3}}")
_MOBILE = re.compile("(?:(?:00)?86)?(1[3-9][0-9]{9})")
_CARD = re.compile("[0-9]{16,19}")
_SHAPES = {
    (3, 4, 4),
    (3, 8),
    (7, 4),
    (4, 3, 4),
    (2, 11),
    (2, 3, 4, 4),
    (6, 8, 4),
    (6, 4, 4, 4),
    (14, 4),
    (6, 12),
    (4, 4, 4, 4),
} | {(4, 4, 4, 4, n) for n in (1, 2, 3)}
"""How people part such numbers, by the lengths of the parts."""
_WIDEST, _OLD = 5, 15
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_AMOUNT = re.compile(r"\.[0-9]|\s?[万亿元%次]")
_SERIAL = re.compile("(?:编号|序号|文号|单号|流水号|索引号|合同号|项目号|备案号|代码)[:：为是]?[ ]?$")
_ACCOUNT = re.compile("[账帐][号户]|卡号|开户|银行")
_CALL = re.compile("(?:联系|咨询|监督|举报|办公|服务|受理|投诉|值班)(?:电话|方式|人)|热线|联系我们")
_PERSON = re.compile("申请人|当事人|村民|居民|本人|举报人|信访人|被告|原告")
_NEAR = 40
_URL = re.compile("https?://[!-~]+")


def secrets(text: str, folded: Folded | None = None) -> tuple[Secret, ...]:
    """Everything private in a text, in its order; places are those of the text itself, which may be folded already."""
    folded = folded or fold(text)
    plain = folded.text
    found = [*_numbers(plain), *names(plain), *personal_mailboxes(plain), *passwords(plain)]
    there = [(one, *folded.span(one.start, one.end)) for one in found]
    return tuple(
        Secret(one.kind, start, end, one.office) for one, start, end in sorted(there, key=lambda t: t[1:])
    )


def masked(text: str) -> str:
    """The text with what is private masked but for its first three and last two characters; as long as before."""
    found = secrets(text)
    if not found:
        return text
    shown = list(text)
    for secret in found:
        for at in _covered(secret):
            shown[at] = MASK
    return "".join(shown)


def _covered(secret: Secret) -> range:
    """Which characters are not shown: of what is short all but the first, of passwords all."""
    if secret.kind in (Kind.PASSWORD, Kind.INTRANET):
        return range(secret.start, secret.end)
    if secret.end - secret.start < 11:  # noqa: PLR2004  # the shortest of the numbers
        return range(secret.start + 1, secret.end)
    return range(secret.start + 3, secret.end - 2)


# --- numbers --------------------------------------------------------------------------------------------


def _numbers(text: str) -> Iterator[Secret]:
    if _LONG.search(text) is None:
        return
    links = [match.span() for match in _URL.finditer(text)]
    starts = [start for start, _ in links]
    for run in _RUN.finditer(text):
        groups = list(_GROUP.finditer(run[0]))
        at = 0
        while at < len(groups):
            wide, kind = _number(text, run.start(), groups[at : at + _WIDEST])
            if kind:
                start, end = run.start() + groups[at].start(), run.start() + groups[at + wide - 1].end()
                link = bisect_right(starts, start) - 1
                in_link = link >= 0 and start < links[link][1]
                if not in_link or kind is Kind.ID18:
                    yield Secret(kind, start, end, kind is Kind.MOBILE and _is_office(text, start))
            at += wide


def _number(text: str, base: int, groups: list[re.Match[str]]) -> tuple[int, Kind | None]:
    """How many of the groups make a number of a person, and what sort; one and none if they do not."""
    lengths = tuple(len(group[0]) for group in groups)
    for wide in range(1, len(groups) + 1):
        if wide == 1 or lengths[:wide] in _SHAPES:
            digits = "".join(group[0] for group in groups[:wide])
            start, end = base + groups[0].start(), base + groups[wide - 1].end()
            if kind := _kind(digits, text, start, end):
                return wide, kind
    return 1, None


def _kind(digits: str, text: str, start: int, end: int) -> Kind | None:
    if _ID18.fullmatch(digits) and _checks(digits):
        return Kind.ID18
    if _ID18.fullmatch(digits) or _ID15.fullmatch(digits):
        sort = Kind.ID15 if len(digits) == _OLD else Kind.UNSURE
        return None if _SERIAL.search(text, max(start - 8, 0), start) else sort
    if _CARD.fullmatch(digits) and _luhn(digits) and _ACCOUNT.search(text, max(start - 20, 0), start):
        return Kind.BANK
    if _MOBILE.fullmatch(digits) and not _AMOUNT.match(text, end):
        return None if _SERIAL.search(text, max(start - 8, 0), start) else Kind.MOBILE
    return None


def _checks(digits: str) -> bool:
    """Whether the last character is the one that GB 11643 makes of the others."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _CHECKS[total % 11] == digits[-1].upper()


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (2 if at % 2 else 1) for at, d in enumerate(reversed(digits)))
    *_, total = accumulate(n - 9 if n > 9 else n for n in doubled)  # noqa: PLR2004  # the sum of both digits
    return total % 10 == 0


def _is_office(text: str, start: int) -> bool:
    before = text[max(start - _NEAR, 0) : start]
    return _CALL.search(before) is not None and _PERSON.search(before) is None
