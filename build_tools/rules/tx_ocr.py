"""TX-OCR: the text was not broken when it was taken over."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.search import pointed
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_BROKEN = re.compile(
    "[ \ue000-\uf8ff\ufffd锟烫â-ï](?:(?<= )(?:"
    "(?<=[\u4e00-\u9fff] )(?:[\u4e00-\u9fff] ){3,}|(?<=[0-9] ) +(?=[0-9])|(?<=自 )然 人|(?<=政 )府 信"
    "|(?<=(?<![0-9])[0-9] )[0-9](?: [0-9]){1,16} ?(?=[条件次个份人]))"
    "|(?<=[\ue000-\uf8ff\ufffd])|(?<=锟)斤拷|(?<=烫)烫烫"
    "|(?<=[â-ï])[\u00a0-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122])"
)
"""Each way begins with a character that is rare in prose, so that no other place is tried."""
_FREQUENT = "開條務辦據網級發"
_TRADITIONAL = "開關條過還這們個務產專區發類監辦據報導級網證護處業"
_OTHER = re.compile(f"[{_TRADITIONAL}\u2e80-\u2fdf]")
"""Characters of the other script, and radicals, which look like characters: nobody finds either by typing."""


def check(view: View) -> Iterator[Outcome]:
    """Words pulled apart, signs that stand for none, text read in a wrong code, characters of another script."""
    yield from pointed(view.texts, _BROKEN, "这里的字坏了：“{}”", HINT)
    if any(sign in view.plain for sign in _FREQUENT) or any(len(text.folded.here) > 1 for text in view.prose):
        yield from _of_other_script(view)


def _of_other_script(view: View) -> Iterator[Outcome]:
    for section in view.report.sections:
        if match := _OTHER.search(section.text):
            what = "繁体字" if match[0] in _TRADITIONAL else "康熙部首等形近的字"
            many = len(_OTHER.findall(section.text))
            message = f"这里有{what}：“{match[0]}”，共 {many} 处"
            yield Problem(section.path, message, HINT, words=match.span())


HINT = "对照原件改正；原件网页上就是这样的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-OCR",
    severity=WARNING,
    basis=Basis.ARCHIVE,
    title="没有拆散的字、乱码和形近的字",
    reason="从扫描件、PDF 里取出的文字，常有字字隔开、缺字、乱码，检索不到，读出来也不对。繁体网页、康熙部首（⼀、⾏）也是转来的，照常打字搜不出。",
    advice="对照原件改正；原件网页上就是乱码的，照录，在“确认”里写明理由。",
    check=check,
)
