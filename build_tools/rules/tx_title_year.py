"""TX-TITLE-YEAR: a title names the year that the report is on, and no other."""

import re
import unicodedata
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.words import tight
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View

_YEAR = re.compile(r"(?<![0-9〔\[])((?:19|20)[0-9]{2})(?![0-9〕\]]|年[0-9]{1,2}月)")
_CHINESE = re.compile("二[〇○零O0][〇○零O0一二三四五六七八九]{2}")
_DIGITS = str.maketrans("〇○零O0一二三四五六七八九", "0000012345678" + "9")


def check(view: View) -> Iterator[Outcome]:
    """Years in Arabic or Chinese figures; those of document numbers are not meant."""
    report = view.report
    title = tight(unicodedata.normalize("NFKC", report.title))
    found = [int(year) for year in _YEAR.findall(title)]
    found += [int(year.translate(_DIGITS)) for year in _CHINESE.findall(title)]
    others = sorted({year for year in found if year != report.year})
    if title and report.year not in found:
        told = f"，写的是{'、'.join(map(str, others))}" if others else ""
        yield Problem(("标题",), f"标题里没有报告年度{report.year}{told}", HINT)
    elif others:
        yield Problem(("标题",), f"标题里除了{report.year}还有别的年份：{'、'.join(map(str, others))}", HINT)


HINT = "核对抄录，抄错了就改正；原件就是这样写的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-TITLE-YEAR",
    severity=ERROR,
    basis=Basis.CUSTOM,
    title="标题写明报告年度，没有别的年份",
    reason="年份是认出一份年报最要紧的字；错了，多半是套用旧稿没有改，或者放错了年度。",
    advice="核对原件和年度：放错了年度就移走，抄错了就改正；原件如此，照录，在“确认”里写明理由。",
    check=check,
)
