"""TX-LAWNAME: the regulation is called by its name."""

import re
from collections.abc import Iterator
from functools import cache

from build_tools.finding import Problem
from build_tools.forms import official
from build_tools.rules.aids.search import pointed
from build_tools.rules.aids.words import tight
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import Text, View

_FULL = "中华人民共和国政府信息公开条例"
_OTHER = re.compile(
    "《(?:中华人民共和国)?(?:政府)?信息公开条例》|《中华人民共和国政务公开条例》|《政务公开条例》|《条例》"
)
_WRONG = re.compile(
    "《中华人民共和国(?:信息|政务|政务信息)公开条例》|《(?:中华人民共和国)?(?:政府)?信息公开法》"
)
_BRACKET = re.compile("[〔〕]")
_OLD = re.compile("令[ （(]{0,2}第?[ ]?492[ ]?号(?![^。\n]{0,30}711)|第?[ ]?492[ ]?号令(?![^。\n]{0,30}711)")


def check(view: View) -> Iterator[Outcome]:
    """A short name will do where the full one stands in the report; an old number where the new one follows."""
    full = any(_FULL in text.plain or _FULL in tight(text.plain) for text in view.texts)
    for text in view.prose:
        match = None if full or "条例》" not in text.plain else _OTHER.search(text.plain)
        if match:
            full = True
            message = f"写作“{match[0]}”，全文没有全称《{_FULL}》"
            yield Problem(text.path, message, HINT, words=text.span(*match.span()))
    for text in view.prose:
        if "公开条例》" in text.plain or "公开法》" in text.plain:
            yield from pointed([text], _WRONG, f"没有“{{}}”，条例的全称是《{_FULL}》", HINT)
        if "492" in text.plain:
            yield from pointed([text], _OLD, "引用了旧条例的令号“{}”，2019年修订后是国务院令第711号", HINT)
        if "办函" in text.plain:
            yield from _superseded(view.report.year, text)


def _superseded(year: int, text: Text) -> Iterator[Outcome]:
    for pattern, until in _replaced():
        if year > until:
            message = f"“{{}}”的格式用到{until}年度为止，这是{year}年度的报告"
            yield from pointed([text], pattern, message, HINT)


@cache
def _replaced() -> tuple[tuple[re.Pattern[str], int], ...]:
    """The notices of forms that were replaced, with the last year that each holds for."""
    return tuple(
        (re.compile(_BRACKET.sub("[〔\\[（(【〕\\]）)】]", form.instrument.partition("《")[0])), form.last)
        for form in official().values()
        if form.last and "号《" in form.instrument
    )


HINT = "核对抄录，抄错了就改正；原件就是这样写的，可以不管这条提示。"

RULE = Rule(
    id="TX-LAWNAME",
    severity=INFO,
    basis=Basis.CUSTOM,
    title="条例写全称，令号是第711号，格式是当年的",
    reason="《中华人民共和国政府信息公开条例》2019年修订，国务院令第711号；第492号是2007年的旧条例。年报格式换了新的，引用旧格式的文号多半是照搬旧稿。",
    advice="核对抄录。原件如此，可以不管这条提示。",
    check=check,
    since=2019,
)
