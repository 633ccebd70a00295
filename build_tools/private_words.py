"""Finds what is private by the words around it: names of people, mailboxes, passwords, addresses of internal networks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.private import Kind, Secret

# Without those that begin ordinary words in this place: 曾多次向, 方便, 高效, 任何, 常常.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚文"
)
_NAME = rf"[:：为是]?[ ]?([{_SURNAMES}](?![某×xX*])[\u4e00-\u9fff]{{1,2}})"
_ASKERS = ("申请人", "村民", "居民", "市民")
_APPLICANT = re.compile(
    rf"(?:{'|'.join(_ASKERS)}){_NAME}([（(][^（）()\n]{{2,12}}[)）])?"
    r"(?=先生|女士|同志|[，,（(]?(?:男|女|住|身份证|家住|系)|((?:向|要求|请求|申请)[^，。]{0,12}(?:公开|申请|提出|提交)))"
)
_LIVES = re.compile("[村组路号镇乡男女岁]|社区|街道|身份证")
"""What in brackets behind a name says that it is one."""
_UNCLEAR = frozenset("陆郑林田雷白程马武石金文许唐周余夏毛顾钱易段何谢范董康杜黄龙贺高")
"""Surnames with which ordinary words begin: alone before what somebody asks they name nobody."""
_NO_NAME_ENDS = tuple(
    "后时前再都也又仍均已可应须需等并地的了者上下中内外间边队们庄店湾坝桥屯寨沟坡岭塘集堡营楼圩埠"
)
"""With what a name hardly ends; words that stand before 向 and 要求, and hamlets whose people ask."""
_WEAK = (
    "低保户", "特困户", "五保户", "贫困户", "患者", "病人", "学生", "孤儿", "未成年人", "未成年子女", "留守儿童", "困境儿童",
)  # fmt: skip
_MINOR = re.compile(
    rf"(?:{'|'.join(_WEAK)})(?:名单[:：])?{_NAME}"
    r"(?=[，,（(]?(?:男|女|住|身份证|家住|现年|年龄|[0-9]{1,2}岁)|等[0-9]+[人户]|已[被送转]|(?<=名单.{3})、|(?<=名单.{4})、)"
)
_PLACES = tuple("村镇乡区县组社街路队站班")
_PEOPLE = re.compile("[申村居市低特五贫患病学孤未留困](?:请人|民|保户|困户|者|人|生|儿|成年|守儿|境儿)")
"""Any of them, so written that it is found at once."""
_NOT_NAMES = (
    "马上", "马路", "金额", "金融", "金钱", "文件", "文化", "文书", "文明", "石油", "许多", "许可", "唐突", "和谐", "陆续", "郑重", "林地",
    "林权", "林木", "林业", "林场", "田地", "田间", "田园", "雷同", "雷电", "白天", "白条", "程序", "武术", "武装", "周边", "周围", "周末",
    "周密", "周期", "余额", "余下", "夏季", "夏天", "夏收", "毛坯", "顾虑", "顾客", "钱款", "钱财", "易地", "易懂", "易于", "段落", "陈述",
    "陈旧", "陈年", "胡乱", "徐徐", "黎明", "何时", "何种", "何处", "何地", "谢绝", "罗列", "范围", "董事", "康复", "杜绝", "黄金", "张贴", "张罗", "孙子", "龙头",
)  # fmt: skip
_PRIVATE = re.compile(
    r"[A-Za-z0-9._%+\-]{1,64}@(?:vip\.)?(?:qq|163|126|yeah|sina|sohu|foxmail|gmail|hotmail|outlook|yahoo|139|189|wo|21cn)"
    r"\.(?:com(?:\.cn)?|cn|net)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_MAILBOX = re.compile(r"(?:申请人|姓名|本人|联系人)[:：]?[^。；;\n]{0,30}$")
_PASSWORD = re.compile(
    r"(?:密码|口令|pass(?:word|wd)|\bpwd|(?:access|api)[_\- ]?(?:token|key))[ ]?(?:是|为|[:：=])[ ]?([!-~]{4,64})"
    r"|[账帐]号[^。\n]{0,20}(?:密码|口令)[ ]([!-~]{4,64})|用户名[^。\n]{0,20}(?:密码|口令)[ ]([!-~]{4,64})"
    r"|\btoken[ ]?[:=][ ]?([A-Za-z0-9._\-]{16,64})",
    re.IGNORECASE,
)
_NEAR = 40
_PASS_WORDS = ("密码", "口令", "assw", "ASSW", "pwd", "Pwd", "PWD", "oken", "OKEN", "key", "Key", "KEY")
_INTRANET = re.compile(
    r"(?<![0-9.])(?:192\.168|172\.(?:1[6-9]|2[0-9]|3[01])|10\.[0-9]{1,3})\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9]|\.[0-9])"
)
_LETTERS = re.compile("[A-Za-z][A-Za-z][A-Za-z]")  # so written it is found at once, as {3} is not
_NETS = ("192.168.", "172.", "10.")
_ADDRESS = re.compile(r"(?:https?://|地址|内网|服务器|IP|ip)[^。\n]{0,8}$")


def names(text: str) -> Iterator[Secret]:
    """People who asked for something, and people to be protected, where a name follows their word."""
    if _PEOPLE.search(text) is None:
        return
    for kind, pattern in ((Kind.APPLICANT, _APPLICANT), (Kind.MINOR, _MINOR)):
        for match in pattern.finditer(text):
            said = match[1]
            no_name = said.startswith(_NOT_NAMES) or said.endswith(_PLACES)
            if not no_name and (kind is Kind.MINOR or _is_name(match)):
                yield Secret(kind, *match.span(1))


def _is_name(match: re.Match[str]) -> bool:
    """Whether more tells of a person than that something is asked; else none but the clearest names are taken."""
    if match[3] is None or (match[2] and _LIVES.search(match[2])):
        return True
    return match[1][0] not in _UNCLEAR and not match[1].endswith(_NO_NAME_ENDS)


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


def personal_mailboxes(text: str) -> Iterator[Secret]:
    """Mailboxes with a public provider that stand behind a person."""
    for match in mailboxes(text):
        if _MAILBOX.search(text, max(match.start() - _NEAR, 0), match.start()):
            yield Secret(Kind.EMAIL, *match.span())


def passwords(text: str) -> Iterator[Secret]:
    """Passwords, and addresses of internal networks."""
    letters = _LETTERS.search(text) is not None
    if any(word in text for word in (_PASS_WORDS if letters else _PASS_WORDS[:2])):
        yield from (
            Secret(Kind.PASSWORD, *match.span(match.lastindex or 0)) for match in _PASSWORD.finditer(text)
        )
    for match in _INTRANET.finditer(text) if any(net in text for net in _NETS) else ():
        near = _ADDRESS.search(text, max(match.start() - 20, 0), match.start())
        if near or not match[0].startswith("10."):
            yield Secret(Kind.INTRANET, *match.span())
