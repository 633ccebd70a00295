"""TX-S5-PAIR: there are about as many measures as problems."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.search import part
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

_TURN = re.compile(
    "改进(?:情况|措施|方向|工作)|整改(?:措施|情况)|下一步|下步|针对(?:以上|上述|这些|存在)|今后"
)
_POINT = re.compile(
    "(?:第?([一二三四五六七八九])(?:是|、)|[（(]([一二三四五六七八九])[)）]|(?<![0-9.])([1-9])[.、](?![0-9]))"
)
_FIGURES = {figure: at for at, figure in enumerate("一二三四五六七八九", 1)}
FAR = 2


def check(view: View) -> Iterator[Outcome]:
    """Count the points before and behind the words that turn to the measures."""
    section = part(view, "problems")
    turn = _TURN.search(section.text, 10) if section else None
    if section is None or turn is None:
        return
    before, after = _points(section.text[: turn.start()]), _points(section.text[turn.start() :])
    if before and after and abs(before - after) >= FAR:
        message = f"写了 {before} 个问题、{after} 条改进，差 {abs(before - after)}"
        yield Problem(section.path, message, HINT)


def _points(text: str) -> int:
    """The highest number of a point, if the points are counted from one."""
    found = [_FIGURES.get(a or b, 0) or int(c or 0) for a, b, c in _POINT.findall(text)]
    return max(found) if 1 in found else 0


HINT = "核对抄录，抄错了就改正；原件就是这样写的，可以不管这条提示。"

RULE = Rule(
    id="TX-S5-PAIR",
    severity=INFO,
    basis=Basis.CUSTOM,
    title="问题和改进措施大致一一对应",
    reason="写了四个问题只有一条改进，读者不知道其余的怎么办；也可能抄漏了一段。",
    advice="核对抄录。原件如此，可以不管这条提示。",
    check=check,
    since=2019,
)
