"""TX-OCR: the text was not broken when it was taken over."""

import re
from collections.abc import Iterator

from build_tools.rules.aids.search import pointed
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_BROKEN = re.compile(
    "(?: (?<=[\u4e00-\u9fff] )(?:[\u4e00-\u9fff] ){3,})|[\ue000-\uf8ff\ufffd]|锟斤拷|烫烫烫|â€|ï¼|ã€| (?<=[0-9] ) +(?=[0-9])"
)
"""Each way begins with a character that is rare in prose: it is found without trying all others."""


def check(view: View) -> Iterator[Outcome]:
    """Words pulled apart, signs that stand for none, text read in a wrong code."""
    return pointed(view.texts, _BROKEN, "这里的字坏了：“{}”", HINT)


HINT = "对照原件改正；原件网页上就是这样的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-OCR",
    severity=WARNING,
    basis=Basis.ARCHIVE,
    title="没有拆散的字和乱码",
    reason="从扫描件、PDF 里取出的文字，常有字字隔开、缺字、乱码，检索不到，读出来也不对。",
    advice="对照原件改正；原件网页上就是乱码的，照录，在“确认”里写明理由。",
    check=check,
)
