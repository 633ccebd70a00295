"""TX-FOREIGN-YEAR: what was done is what was done in the year of the report."""

import re
from collections.abc import Iterator
from itertools import chain

from build_tools.finding import Problem
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_YEAR = re.compile("((?:19|20)[0-9]{2})[ ]?年(?:度)?(?:以来|期间|全年|来|的?工作中|中)?[ ]?[，,]?")
_CHINESE = re.compile("(二[〇零○][〇零○一二三四五六七八九]{2})年(?:度)?[，,]?")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_BEFORE = "。；;，,：:\n）) 在"
_SELF = re.compile("[ ]?(?:[我本](?=[镇乡县市区局街单机])|全(?=[镇乡县市区局街])|没有|未)")
_DONE = re.compile(
    "(?:共|累计|主动)?(?:公开|发布|收到|受理|办理|制发|召开|举办|开展|完成)[^，。；;\n]{0,20}[0-9]+[ ]?[余多]?[条件次个人份项篇场]"
)
_ELSE = re.compile(
    "[比较]|同期|上年|上一年|去年|增长|下降|增加|减少|截[至止]|历年|计划|将|力争|预计|下一步|月|累计|以来|自|至|结转"
    "|建成|启用|设立|成立|上线|修订|出台"
)
_STOP = re.compile("[。；;\n]")


def check(view: View) -> Iterator[Outcome]:
    """A clause that begins with another year and tells figures of what was done, or what the unit did or did not do.

    No word of comparing may be there, nor the year of the report.
    """
    year = view.report.year
    for text in view.prose:
        for match in chain(_YEAR.finditer(text.plain), _CHINESE.finditer(text.plain)):
            told = int(match[1].translate(_DIGITS))
            if told == year or (match.start() and text.plain[match.start() - 1] not in _BEFORE):
                continue
            stop = _STOP.search(text.plain, match.end())
            said = text.plain[match.end() : stop.start() if stop else len(text.plain)][:120]
            own = _SELF.match(said) or said.startswith(view.unit.name)
            if (own or _DONE.search(said)) and not _ELSE.search(said) and str(year) not in said:
                message = f"{year}年度的报告里，这句话说的是{told}年"
                yield Problem(text.path, message, HINT, words=text.span(match.start(1), match.end(1)))


HINT = "核对抄录，抄错了就改正；原件就是这样写的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-FOREIGN-YEAR",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="写的是报告年度做的事",
    reason="2022年度的报告写“2021年共公开信息30条”，多半是上年的稿子没有改；读者不知道数字是哪一年的。",
    advice="核对抄录。原件如此，照录，在“确认”里写明理由。",
    check=check,
)
