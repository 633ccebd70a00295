"""TX-TITLE-FORM: a title is worded as titles of such reports are."""

import re
import unicodedata
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.privacy import masked
from build_tools.rules.aids.words import cut, tight
from build_tools.rules.rule import INFO, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_SPACE = re.compile("(?<=[\u4e00-\u9fff])[ \u3000\n]+(?=[\u4e00-\u9fff])")
_ENDING = re.compile(
    "政府信息(?:依法)?公开(?:工作)?(?:情况)?的?(?:(?:19|20)[0-9]{2}年)?(?:年度)?(?:工作)?(?:情况)?(?:的)?报告"
)
_TWICE = re.compile("年度.*年度")


def check(view: View) -> Iterator[Outcome]:
    """A space amid the words, other words than usual; 年度 said twice is only a hint."""
    title = view.report.title
    plain = tight(unicodedata.normalize("NFKC", title))
    if not plain:
        return
    said = cut(tight(masked(unicodedata.normalize("NFKC", title))), 40)
    if gap := _SPACE.search(title):
        yield Problem(("标题",), f"标题里有空格：“{cut(masked(title), 40)}”", HINT, words=gap.span())
    elif not _ENDING.search(plain):
        yield Problem(("标题",), f"标题“{said}”不是通常的写法", HINT)
    elif _TWICE.search(plain):
        yield Problem(("标题",), f"标题“{said}”里“年度”写了两遍", HINT, weak=True)


HINT = "核对抄录，抄错了就改正；原件就是这样写的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-TITLE-FORM",
    severity=WARNING,
    weak=INFO,
    basis=Basis.CUSTOM,
    title="标题写作“单位+年份+政府信息公开工作年度报告”",
    reason="标题写法一样，才好检索和归档。字与字之间的空格、颠倒的字，多半是排版或录入的错。",
    advice="核对抄录。原件如此，照录，在“确认”里写明理由。",
    check=check,
)
