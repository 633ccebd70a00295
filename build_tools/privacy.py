"""Finds in any text what nobody should read in it (numbers and names of people, passwords), and masks it. Pure.

What is found is what the rules of privacy speak of; `masked` is what every text goes through that is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from build_tools.folded import Folded, fold

MASK = "＊"
"""Stands for a character that is not shown. Not *, which is markup."""


class Kind(StrEnum):
    """What sort of thing was found."""

    ID18 = "身份证号"
    UNSURE = "像身份证号的18位数"
    ID15 = "15位身份证号"
    MOBILE = "手机号"
    BANK = "银行账号"
    APPLICANT = "申请人姓名"
    MINOR = "未成年人、病人或受救助人的姓名"
    EMAIL = "个人邮箱"
    PASSWORD = "密码"  # noqa: S105  # what it is called
    INTRANET = "内网地址"


@dataclass(frozen=True, slots=True)
class Secret:
    """Something private from `start` to `end` of the text. `office`: given as the unit's own, for people to call."""

    kind: Kind
    start: int
    end: int
    office: bool = False


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
    (2, 11),
    (2, 3, 4, 4),
    (6, 8, 4),
    (6, 4, 4, 4),
    (14, 4),
    (4, 4, 4, 4),
} | {(4, 4, 4, 4, n) for n in (1, 2, 3)}
"""How people part such numbers, by the lengths of the parts."""
_WIDEST = 5
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_MONEY = re.compile(r"\.[0-9]|\s?[万亿元%]")
_ACCOUNT = re.compile("[账帐][号户]|卡号|开户|银行")
_CALL = re.compile("(?:联系|咨询|监督|举报|办公|服务|受理|投诉|值班)(?:电话|方式|人)|热线|联系我们")
_PERSON = re.compile("申请人|当事人|村民|居民|本人|举报人|信访人|被告|原告")
_NEAR = 40
_URL = re.compile("https?://[!-~]+")


def secrets(text: str, folded: Folded | None = None) -> tuple[Secret, ...]:
    """Everything private in a text, in its order; places are those of the text itself, which may be folded already."""
    folded = folded or fold(text)
    plain = folded.text
    found = [*_numbers(plain), *_names(plain), *_mailboxes(plain), *_passwords(plain)]
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
    if _ID18.fullmatch(digits):
        return Kind.ID18 if _checks(digits) else Kind.UNSURE
    if _ID15.fullmatch(digits):
        return Kind.ID15
    if _CARD.fullmatch(digits) and _luhn(digits) and _ACCOUNT.search(text, max(start - 20, 0), start):
        return Kind.BANK
    if _MOBILE.fullmatch(digits) and not _MONEY.match(text, end):
        return Kind.MOBILE
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


# --- names, mailboxes, passwords ------------------------------------------------------------------------

# Without those that begin ordinary words in this place: 曾多次向, 方便, 高效, 任何, 常常.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚文"
)
_NAME = rf"[:：为是]?[ ]?([{_SURNAMES}](?![某×xX*])[\u4e00-\u9fff]{{1,2}})"
_APPLICANT = re.compile(
    rf"申请人{_NAME}"
    r"(?=先生|女士|同志|[，,（(]?(?:男|女|住|身份证|家住|系)|(?:向|要求|请求)[^，。]{0,12}(?:公开|申请|提出|提交))"
)
_WEAK = ("低保户", "特困户", "五保户", "贫困户", "患者", "病人", "学生", "孤儿", "未成年人", "未成年子女")
_MINOR = re.compile(
    rf"(?:{'|'.join(_WEAK)}){_NAME}(?=[，,（(]?(?:男|女|住|身份证|家住|现年|年龄|[0-9]{{1,2}}岁)|等[0-9]+[人户])"
)
_PEOPLE = re.compile("|".join(("申请人", *_WEAK)))
_NOT_NAMES = ("马上", "金额", "金融", "文件", "石油", "许多", "唐突", "和谐")
_PRIVATE = re.compile(
    r"[A-Za-z0-9._%+\-]{1,64}@(?:vip\.)?(?:qq|163|126|yeah|sina|sohu|foxmail|gmail|hotmail|outlook|yahoo|139|189|wo|21cn)"
    r"\.(?:com(?:\.cn)?|cn|net)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_MAILBOX = re.compile(r"(?:申请人|姓名|本人|联系人)[:：]?[^。；;\n]{0,30}$")
_PASSWORD = re.compile(
    r"(?:密码|口令|pass(?:word|wd)|\bpwd|(?:access|api)[_\- ]?(?:token|key))[ ]?(?:是|为|[:：=])[ ]?([!-~]{4,64})",
    re.IGNORECASE,
)
_PASS_WORDS = ("密码", "口令", "assw", "ASSW", "pwd", "Pwd", "PWD", "oken", "OKEN", "key", "Key", "KEY")
_INTRANET = re.compile(
    r"(?<![0-9.])(?:192\.168|172\.(?:1[6-9]|2[0-9]|3[01])|10\.[0-9]{1,3})\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9]|\.[0-9])"
)
_LETTERS = re.compile("[A-Za-z][A-Za-z][A-Za-z]")  # so written it is found at once, as {3} is not
_NETS = ("192.168.", "172.", "10.")
_ADDRESS = re.compile(r"(?:https?://|地址|内网|服务器|IP|ip)[^。\n]{0,8}$")


def _names(text: str) -> Iterator[Secret]:
    if _PEOPLE.search(text) is None:
        return
    for kind, pattern in ((Kind.APPLICANT, _APPLICANT), (Kind.MINOR, _MINOR)):
        for match in pattern.finditer(text):
            if not match[1].startswith(_NOT_NAMES):
                yield Secret(kind, *match.span(1))


def mailboxes(text: str) -> Iterator[re.Match[str]]:
    """Mailboxes with a public provider; places are those of the text as it is searched."""
    at = text.find("@")
    while at >= 0:
        if match := _private(text, at):
            yield match
        at = text.find("@", at + 1)


def _private(text: str, at: int) -> re.Match[str] | None:
    """The mailbox around the @ that stands at `at`."""
    start = at
    while start > max(at - 64, 0) and (text[start - 1].isascii() and re.match(r"[\w.%+\-]", text[start - 1])):
        start -= 1
    return _PRIVATE.match(text, start) if start < at else None


def _mailboxes(text: str) -> Iterator[Secret]:
    for match in mailboxes(text):
        if _MAILBOX.search(text, max(match.start() - _NEAR, 0), match.start()):
            yield Secret(Kind.EMAIL, *match.span())


def _passwords(text: str) -> Iterator[Secret]:
    letters = _LETTERS.search(text) is not None
    if any(word in text for word in (_PASS_WORDS if letters else _PASS_WORDS[:2])):
        yield from (Secret(Kind.PASSWORD, *match.span(1)) for match in _PASSWORD.finditer(text))
    for match in _INTRANET.finditer(text) if any(net in text for net in _NETS) else ():
        near = _ADDRESS.search(text, max(match.start() - 20, 0), match.start())
        if near or not match[0].startswith("10."):
            yield Secret(Kind.INTRANET, *match.span())
