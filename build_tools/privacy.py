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


_SIGN = r"(?:\*\*|[ \-\u2010-\u2015\u2212.·•・/_\n])"
"""What parts a number of a person: blanks and dashes, and what is put there by typesetting or to hide it."""
_RUN = re.compile(rf"(?<![0-9])[0-9]+(?:{_SIGN}[0-9]+)*(?:[xXХх]|(?<=[0-9]{{3}})×)?(?![0-9A-Za-z])")
_SHORTEST = 11  # characters of the shortest of the numbers
_LONG = re.compile(rf"[0-9](?:{_SIGN}?[0-9]){{10}}")
_GROUP = re.compile("[0-9]+[xXХх×]?")  # the letter and the sign that look like an X
_CROSSES = str.maketrans("Хх×", "XXX")
_WORD = re.compile(
    "(?<![0-9A-Za-z])(?:tel|phone|telephone|mobile|wechat|weixin|wx|vx|id|idcard|idno|card|sfz)$",
    re.IGNORECASE,
)
_CALLED = re.compile("(?:电话|手机|号码|联系方式|tel|mobile)[号为是:：]{0,2} ?$", re.IGNORECASE)
_COUNTED = re.compile(r"\s?[件条人次个万亿元%户项份例宗篇平米]")
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
_PLAIN_SIGNS = {" ", "-"}
_WIDEST, _OLD, _NEW = 5, 15, 18
_SINGLES = (11, 18)
_TWO, _LOOSE = 2, (4, 3, 4)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_AMOUNT = re.compile(r"\.[0-9]|\s?[万亿元%次]")
_SERIAL = re.compile(
    "(?<!身份)(?<!份证)(?<!证件)(?:编号|序号|文号|单号|流水号|索引号|合同号|项目号|备案号|代码)[:：为是]?[ ]?$"
)
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
    if secret.end - secret.start < _SHORTEST:
        return range(secret.start + 1, secret.end)
    return range(secret.start + 3, secret.end - 2)


# --- numbers --------------------------------------------------------------------------------------------


def _numbers(text: str) -> Iterator[Secret]:
    if _LONG.search(text) is None:
        return
    links = [match.span() for match in _URL.finditer(text)]
    starts = [start for start, _ in links]
    for run in _RUN.finditer(text):
        if run.end() - run.start() < _SHORTEST:
            continue
        groups = list(_GROUP.finditer(text, *run.span()))
        at = 0 if _may_begin(text, run.start()) else 1
        while at < len(groups):
            wide, kind = _number(text, groups, at)
            if kind:
                start, end = groups[at].start(), groups[at + wide - 1].end()
                link = bisect_right(starts, start) - 1
                in_link = link >= 0 and start < links[link][1]
                if not in_link or kind is Kind.ID18:
                    yield Secret(kind, start, end, kind is Kind.MOBILE and _is_office(text, start))
            at += wide


def _may_begin(text: str, start: int) -> bool:
    """Whether digits that stand behind letters may be a number of a person, and no code that has both."""
    before = text[max(start - 12, 0) : start]
    return not (before[-1:].isascii() and before[-1:].isalpha()) or _WORD.search(before) is not None


def _number(text: str, groups: list[re.Match[str]], at: int) -> tuple[int, Kind | None]:
    """How many of the groups from `at` make a number of a person, and what sort; one and none if they do not."""
    here = groups[at : at + _WIDEST]
    lengths = tuple(len(group[0]) for group in here)
    for wide in range(1, len(here) + 1):
        if kind := _joined(text, groups, at, wide, lengths[:wide]):
            return wide, kind
    if at == 0 and len(groups) in _SINGLES and all(len(group[0]) == 1 for group in groups):
        return len(groups), _spaced(text, groups)
    return 1, None


def _spaced(text: str, groups: list[re.Match[str]]) -> Kind | None:
    """Single digits: a row of a table has them too, so only behind a word, or where the last of 18 is right."""
    start, end = groups[0].start(), groups[-1].end()
    kind = _kind("".join(group[0] for group in groups), text, start, end)
    called = _CALLED.search(text, max(start - 12, 0), start)
    return kind if kind is Kind.ID18 or called else None


def _joined(
    text: str, groups: list[re.Match[str]], at: int, wide: int, lengths: tuple[int, ...]
) -> Kind | None:
    """What sort of number the groups are: parted by blanks and dashes in any known shape, by other signs in fewer."""
    start, end = groups[at].start(), groups[at + wide - 1].end()
    signs = [_sign(text, groups, nth) for nth in range(at + 1, at + wide)]
    digits = "".join(group[0] for group in groups[at : at + wide])
    if set(signs) <= _PLAIN_SIGNS:
        return _kind(digits, text, start, end) if wide == 1 or lengths in _SHAPES else None
    around = (_sign(text, groups, at), _sign(text, groups, at + wide))
    if len(set(signs)) > 1 or signs[0] in around or _COUNTED.match(text, end):
        return None
    if not _shaped(text, start, signs[0], lengths):
        return None
    kind = _kind(digits, text, start, end)
    return (
        kind if kind in (Kind.ID18, Kind.MOBILE, Kind.BANK) and _told_apart(kind, signs[0], lengths) else None
    )


def _sign(text: str, groups: list[re.Match[str]], at: int) -> str:
    """What stands before the group; nothing before the first and behind the last."""
    return text[groups[at - 1].end() : groups[at].start()] if 0 < at < len(groups) else ""


def _shaped(text: str, start: int, sign: str, lengths: tuple[int, ...]) -> bool:
    """Whether numbers are parted so by this sign: two parts may be a decimal, a fraction or a range."""
    if sign == "\n":  # lines of figures begin with a figure
        return text[start - 1 : start].strip() != "" and len(lengths) == _TWO
    return lengths in _SHAPES and (sign == "**" or (len(lengths) > _TWO and lengths != _LOOSE))


def _told_apart(kind: Kind, sign: str, lengths: tuple[int, ...]) -> bool:
    """A resident number may be broken anywhere at a line's end, for its last character tells; others may not."""
    return sign != "\n" or kind is Kind.ID18 or lengths in _SHAPES


def _kind(digits: str, text: str, start: int, end: int) -> Kind | None:
    if digits.endswith("×") and len(digits) != _NEW:
        digits = digits[:-1]
    digits = digits.translate(_CROSSES)
    if _ID18.fullmatch(digits) and _checks(digits):
        return Kind.UNSURE if _SERIAL.search(text, max(start - 8, 0), start) else Kind.ID18
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
