"""DT-VAGUE: figures are those of the whole year, not of a day left open."""

import re
from collections.abc import Iterable, Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.search import gated
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import Text, View

_UNTIL = re.compile(
    "截[ ]?[至止]到?[ ]?(?:目前|现在|今日|当前|发稿|(?:(?P<year>[0-9]{4})[ ]?年)?[ ]?(?P<month>[0-9]{1,2})[ ]?月[ ]?(?:份|底|末|(?P<day>[0-9]{1,2})[ ]?日)?)"
    "|到目前为止|迄今为止|今年以来"
)
_MONTHS = re.compile(
    "1月?(?<![0-9.]1)(?<![0-9.]1月)[ ]?[至到—–~～-][ ]?1[01][ ]?月(?:份|底|末)?(?P<year>)(?P<month>)(?P<day>)"
)
_FIGURE = re.compile(
    "[^。；;\n]{0,60}?[0-9]+[ ]?[余多]?[条件次个人份期项篇场]|[^。；;\n]{0,20}?(?:未|没有)(?:收到|接到|受理)"
)
_GATE = ("截", "今年以来", "为止")
LAST_MONTH, LAST_DAY = 12, 31


def check(view: View) -> Iterator[Outcome]:
    """Only where a figure follows in the same sentence, or that there was none; the end of December is the year's."""
    yield from _counted(gated(view, view.prose, _GATE), _UNTIL, view.report.year)
    yield from _counted(view.prose, _MONTHS, view.report.year)


def _counted(texts: Iterable[Text], pattern: re.Pattern[str], year: int) -> Iterator[Outcome]:
    for text in texts:
        for match in pattern.finditer(text.plain):
            if not _is_whole(match, year) and _FIGURE.match(text.plain, match.end()):
                message = f"数字统计到哪一天没有说准：“{match[0]}”"
                yield Problem(text.path, message, HINT, words=text.span(*match.span()))


def _is_whole(match: re.Match[str], year: int) -> bool:
    """The end of December is the year's; a day of a later year is none of its months."""
    told, month, day = match["year"], match["month"], match["day"]
    later = bool(told) and int(told) > year
    return later or (bool(month) and int(month) == LAST_MONTH and int(day or LAST_DAY) == LAST_DAY)


HINT = "对照原件，抄错了就改正；原件就是这样写的，照录，在“确认”里写明即可。"

RULE = Rule(
    id="DT-VAGUE",
    severity=WARNING,
    basis=Basis.CUSTOM,
    title="数字统计到年底，不写“截止目前”“截至11月底”“今年以来”",
    reason="年报的数字应是全年的。写“截止目前”，读者不知道是哪一天；写“截至11月底”，少了一个月。",
    advice="核对抄录。原件这样写的，照录，在“确认”里写明。",
    check=check,
)
