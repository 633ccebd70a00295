"""TX-S6-EMPTY: part six says something, if only that there is nothing."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.search import part
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """无 will do."""
    section = part(view, "other")
    if section and not section.text.strip():
        yield Problem(section.path, "这一部分是空的", HINT)


HINT = "核对抄录，抄错了就改正；原件就是这样写的，可以不管这条提示。"

RULE = Rule(
    id="TX-S6-EMPTY",
    severity=INFO,
    basis=Basis.CUSTOM,
    title="第六部分不是空白",
    reason="没有需要报告的也应写“无”；空着，读者不知道是没有还是漏了。",
    advice="核对抄录。原件如此，可以不管这条提示。",
    check=check,
    since=2019,
)
