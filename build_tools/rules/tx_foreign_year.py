"""TX-FOREIGN-YEAR: what was done is what was done in the year of the report."""

import re
from collections.abc import Iterator
from itertools import chain

from build_tools.finding import Problem
from build_tools.model import Unit
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

_YEAR = re.compile("((?:19|20)[0-9]{2})[ ]?年(?:度)?(?:以来|期间|全年|来|的?工作中|中)?[ ]?[，,]?")
_CHINESE = re.compile("(二[〇零○][〇零○一二三四五六七八九]{2})年(?:度)?[，,]?")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_BEFORE = "。；;，,：:\n）) 在"
_COUNTED = re.compile("[0-9一二三四五六七八九十][、.]$")
_SELF = re.compile("[ ]?(?:[我本](?=[镇乡县市区局街单机])|全(?=[镇乡县市区局街])|没有|未|无(?![法论偿]))")
_DONE = re.compile(
    "(?:共|累计|主动)?(?:公开|发布|收到|受理|办理|制发|召开|举办|开展|完成|设置|更新)[^，。；;\n]{0,20}[0-9]+[ ]?[余多]?[条件次个人份项篇场]"
)
_ELSE = re.compile(
    "[比较]|同期|上年|上一年|去年|增长|下降|增加|减少|截[至止]|历年|计划|将|力争|预计|下一步|月|以来|自|至|结转"
    "|开通|开设|建成|启用|设立|成立|上线|修订|出台|印发|下发|获|评为|列为|位列"
)
_ITSELF = re.compile(
    "(?:现公布|形成)[^，。；《\n]{0,20}((?:19|20)[0-9]{2})[ ]?年(?:度)?政府信息公开工作年度报告"
)
"""What the report calls itself."""
_PLAN = re.compile("[要拟]|继续|确保|争取|做好|不少于")
_STOP = re.compile("[。；;\n]")
_CLAUSE = re.compile("[，,。；;：:\n]")
_SIGHT, _BEHIND = 120, 12


def check(view: View) -> Iterator[Outcome]:
    """A clause that begins with another year and tells figures of what was done, or what the unit did or did not do.

    No word of comparing may be near, nor the year of the report in the sentence.
    """
    year = view.report.year
    for text in view.prose:
        named = _ITSELF.finditer(text.plain) if "现公布" in text.plain or "形成" in text.plain else ()
        spelled = _CHINESE.finditer(text.plain) if "二" in text.plain else ()
        for match in chain(named, _YEAR.finditer(text.plain), spelled):
            told = int(match[1].translate(_DIGITS))
            if told != year and (match.re is _ITSELF or _says(view, text.plain, match, told)):
                message = f"{year}年度的报告里，这句话说的是{told}年"
                yield Problem(text.path, message, HINT, words=text.span(match.start(1), match.end(1)))


def _says(view: View, plain: str, match: re.Match[str], told: int) -> bool:
    return _begins(plain, match.start()) and _speaks(view, plain, match.end(), told)


def _begins(plain: str, at: int) -> bool:
    return at == 0 or plain[at - 1] in _BEFORE or _COUNTED.search(plain, max(at - 2, 0), at) is not None


def _speaks(view: View, plain: str, at: int, told: int) -> bool:
    """Whether what follows a year at `at` says what was done in it."""
    stop = _STOP.search(plain, at)
    said = plain[at : stop.start() if stop else len(plain)][:_SIGHT]
    if str(view.report.year) in said:
        return False
    if told < view.report.year and (_SELF.match(said) or _is_own(view.unit, said)):
        clause = _CLAUSE.search(said)
        return not _ELSE.search(said[: clause.start() if clause else len(said)])
    if told > view.report.year and _PLAN.search(said):
        return False
    done = _DONE.search(said)
    return done is not None and not _ELSE.search(said[: done.end() + _BEHIND])


def _is_own(unit: Unit, said: str) -> bool:
    """Whether the words begin with the unit's name, or the end of it: 洪泽区人民政府, 区政府."""
    core = unit.name.removesuffix("人民政府")
    names = [name[at:] for name in (unit.name, core) for at in range(len(name) - 2)]
    return said.startswith((*names, *(core[-1:] + office for office in ("政府", "人民政府"))))


HINT = "核对抄录，抄错了就改正；原件就是这样写的，或者说的就是那一年的事，可以不管这条提示。"

RULE = Rule(
    id="TX-FOREIGN-YEAR",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="写的是报告年度做的事",
    reason="2022年度的报告写“2021年共公开信息30条”，多半是上年的稿子没有改；读者不知道数字是哪一年的。",
    advice="核对抄录。原件如此，可以不管这条提示。",
    check=check,
)
