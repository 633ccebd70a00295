"""What is private in a text: its sorts, and one of them at its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
