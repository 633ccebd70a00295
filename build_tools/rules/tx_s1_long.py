"""TX-S1-LONG: part one is no longer than it has to be."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.search import part
from build_tools.rules.aids.words import tight
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

MOST = 1000


def check(view: View) -> Iterator[Outcome]:
    """Without white space."""
    section = part(view, "overview")
    count = len(tight(section.text)) if section else 0
    if section and count > MOST:
        yield Problem(section.path, f"这一部分有 {count} 个字，超过 {MOST} 个，多 {count - MOST} 个", HINT)


HINT = "可以不管这条提示；本地有规定的，照规定办。"

RULE = Rule(
    id="TX-S1-LONG",
    severity=INFO,
    basis=Basis.CUSTOM,
    title="第一部分不超过一千字",
    reason="有的地方要求总体情况在一千字以内，写得太长，读者找不到要紧的数字。没有全国的规定，所以只作提示。",
    advice="核对抄录。原件如此，可以不管这条提示。",
    check=check,
    since=2021,
)
