"""TX-LAWNAME: the regulation is called by its name."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.search import gated, pointed
from build_tools.rules.aids.words import tight
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

_FULL = "中华人民共和国政府信息公开条例"
_OTHER = re.compile(
    "《(?:中华人民共和国)?(?:政府)?信息公开条例》|《中华人民共和国政务公开条例》|《政务公开条例》|《条例》"
)
_OLD = re.compile("第?[ ]?492[ ]?号")


def check(view: View) -> Iterator[Outcome]:
    """A short name will do where the full one stands somewhere in the report."""
    full = any(_FULL in text.plain or _FULL in tight(text.plain) for text in view.texts)
    for text in view.prose:
        match = None if full or "条例》" not in text.plain else _OTHER.search(text.plain)
        if match:
            full = True
            message = f"写作“{match[0]}”，全文没有全称《{_FULL}》"
            yield Problem(text.path, message, HINT, words=text.span(*match.span()))
    yield from pointed(
        gated(view.prose, ["492"]), _OLD, "引用了旧条例的令号“{}”，2019年修订后是国务院令第711号", HINT
    )


HINT = "核对抄录，抄错了就改正；原件就是这样写的，可以不管这条提示。"

RULE = Rule(
    id="TX-LAWNAME",
    severity=INFO,
    basis=Basis.CUSTOM,
    title="条例写全称，令号是第711号",
    reason="《中华人民共和国政府信息公开条例》2019年修订，国务院令第711号；第492号是2007年的旧条例。",
    advice="核对抄录。原件如此，可以不管这条提示。",
    check=check,
    since=2019,
)
