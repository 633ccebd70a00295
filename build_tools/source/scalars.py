"""Texts that YAML readers take for something else, and the way to write a text so that none does."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import lru_cache

from build_tools.source.characters import ODD

_FIGURE = r"(?!(?:\.?\d){16})(?:0|[1-9]\d*)(?:\.\d+)?"  # what every reader's numbers hold exactly

BENT = (
    (re.compile(r"[+-]?0[\d_]+(\.\d*)?"), "以 0 开头，有的程序会当作八进制数"),
    (re.compile(r"[+-]?0[xXoObB][0-9a-fA-F_]+"), "会被当作十六进制、八进制或二进制数"),
    (re.compile(r"[+-]?(?=[^_]*_)\d[\d_]*(\.[\d_]*)?"), "数字里有下划线"),
    (re.compile(r"[+-]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?"), "会被当作六十进制数"),
    (re.compile(r"[+-]?(\d[\d_]*(\.[\d_]*)?|\.\d[\d_]*)[eE][+-]?\d+"), "会被当作科学记数法"),
    (re.compile(r"[+-]?(\.\d[\d_]*|\d+\.)"), "小数点前后缺数字"),
    (re.compile(r"[+-]?(?=(?:\.?\d){16})\d+(\.\d+)?"), "位数太多，有的程序会舍去末尾"),
    (re.compile(r"[+-]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), "会被当作无穷大或非数"),
    (re.compile(r"[+＋\-－]?(?=[^０-９]*[０-９])[\d.,，．]+"), "是全角数字"),
    (
        re.compile(r"y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|[tT]rue|TRUE|[fF]alse|FALSE"),
        "会被当作“是/否”",
    ),
    (re.compile(r"null|Null|NULL"), "会被当作空白"),
    (re.compile(r"=|<<"), "是 YAML 的特殊记号"),
)
STRAIGHT = re.compile(
    rf"~|[+-]?{_FIGURE}|\d{{4}}-\d\d-\d\d|[^\d+\-.yYnNoOtTfF=<０-９＋－].*", re.DOTALL | re.ASCII
)


def bent(text: str) -> str:
    """Why readers differ over an unquoted text; empty where they do not."""
    return _short(text) if len(text) <= _SHORT else _why(text)


def _why(text: str) -> str:
    if STRAIGHT.fullmatch(text):
        return ""
    return next((why for pattern, why in BENT if pattern.fullmatch(text)), "")


_SHORT = 16  # the keys and figures that come again and again
_short = lru_cache(maxsize=4096)(_why)


def iso_date(text: str) -> bool:
    """Whether a text is a real day written year-month-day."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


# --- writing -----------------------------------------------------------------------------------------

NOTHING = "~"

WORDS = frozenset({"~", "null", "y", "n", "yes", "no", "on", "off", "true", "false"})
SAFE_FIGURE = re.compile(rf"[+-]?{_FIGURE}", re.ASCII)
LIKE_FIGURE = re.compile(r"(?=.*\d)[\d_+\-.:, eExXoObBtTzZ]+", re.ASCII)  # a superset of all readers' numbers
UNFIT = re.compile(r"""^[\s\-?:,\[\]{}#&*!|>'"%@`=<.]|\s$|:(?:\s|$)|\s#|\n""")
UNFIT_IN_FLOW = re.compile(r"[,\[\]{}:]")


def written(text: str, *, flow: bool = False) -> str:
    """The text as a YAML scalar on one line: bare where every reader takes it for that text, else quoted.

    `flow` says that it stands between brackets.
    """
    return text if _bare(text, flow=flow) else _quoted(text)


def _bare(text: str, *, flow: bool) -> bool:
    if SAFE_FIGURE.fullmatch(text) or iso_date(text):
        return True
    return not (
        not text
        or text.lower() in WORDS
        or bent(text)
        or LIKE_FIGURE.fullmatch(text)
        or UNFIT.search(text)
        or (flow and UNFIT_IN_FLOW.search(text))
        or ODD.search(text)
    )


def _quoted(text: str) -> str:
    if re.search(r'["\\]', text) and not re.search(r"['\n]", text) and not ODD.search(text):
        return f"'{text}'"
    quoted = json.dumps(text, ensure_ascii=False)
    return ODD.sub(lambda match: f"\\u{ord(match.group()):04X}", quoted)
