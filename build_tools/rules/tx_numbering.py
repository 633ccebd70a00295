"""TX-NUMBERING: numbered paragraphs count on without gaps."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

_MARK = re.compile("(?:^|(?<=\n))(?:#+ )?(?:\\*\\*)?[ \u3000]*[（(]([一二三四五六七八九十]{1,3})[)）]")
_FIGURES = "一二三四五六七八九"


def check(view: View) -> Iterator[Outcome]:
    """Paragraphs that begin with （一）: each is the next, or begins again."""
    for text in view.prose:
        before = 0
        for match in (
            _MARK.finditer(text.plain)
            if "（二" in text.plain or "(二" in text.plain or "（三" in text.plain
            else ()
        ):
            number = _number(match[1])
            if number not in {1, before + 1} and before:
                message = (
                    f"“（{match[1]}）”前面是第 {before} 项，{'跳过了' if number > before else '序号乱了'}"
                )
                yield Problem(text.path, message, HINT, words=text.span(*match.span(1)))
                break
            before = number


def _number(figure: str) -> int:
    tens, ten, ones = figure.rpartition("十")
    return (_FIGURES.find(tens) + 1 or 1) * 10 * bool(ten) + _FIGURES.find(ones) + 1


HINT = "对照原件，抄漏了就补上；原件如此，可以不管这条提示。"

RULE = Rule(
    id="TX-NUMBERING",
    severity=INFO,
    basis=Basis.CUSTOM,
    title="序号连续，不跳不重",
    reason="（一）（二）后面是（四），多半抄漏了一段。",
    advice="对照原件，抄漏了就补上。原件如此，可以不管这条提示。",
    check=check,
)
