"""PV-SECRET: no mark of a state secret or of an internal paper stands in a report."""

import re
from collections.abc import Iterator

from build_tools.rules.aids.search import first_of
from build_tools.rules.rule import ERROR, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_BRACKETED = "[（(【\\[](?:绝密|机密|秘密|内部资料|内部文件)[)）】\\]]"
_MARK = re.compile(
    "(?:绝密|机密|秘密)[ ]{0,3}[★☆]"
    f"|(?:^|(?<=\n)){_BRACKETED}"
    "|(?:^|(?<=\n))(?:绝密|机密|秘密|内部资料|内部文件)(?=\n|$)"
    "|内部(?:资料|文件|材料)[，,： ]{0,2}(?:注意保存|妥善保管|不得外传|请勿外传|严禁外传|禁止外传|不得翻印|不得复制)"
    "|(?:绝密|机密|秘密)级?[，, ]{0,2}阅后(?:收回|归还|销毁)"
)
"""A mark as it is printed on a paper. Prose that says how secrets are kept has the same words, but not so."""
_AMID = re.compile(f"(?<=[^\n]){_BRACKETED}")
"""In the midst of a sentence it may be what the sentence speaks of."""
_WORDS = ("★", "☆", "内部", "绝密", "机密", "（秘密", "(秘密", "【秘密", "[秘密", "\n秘密", "阅后")


def check(view: View) -> Iterator[Outcome]:
    """Look for marks in the title and the prose."""
    for text in view.texts:
        if _may(text.plain):
            yield from first_of(text, list(_MARK.finditer(text.plain)), SAID, HINT)
            yield from first_of(text, list(_AMID.finditer(text.plain)), SAID, DOUBTFUL, weak=True)


def _may(plain: str) -> bool:
    return plain.startswith("秘密") or any(word in plain for word in _WORDS)


SAID = "这里有密级或内部标志“{}”"
DOUBTFUL = "对照原件：是文中提到的，不是标在文件上的，在“确认”里写明；是标志，不要提交，按保密规定报告。"
HINT = "先不要提交：对照发布网址看是不是公开发布的年报；不是的，删去这份文件，并按保密规定报告。"

RULE = Rule(
    id="PV-SECRET",
    severity=ERROR,
    weak=WARNING,
    basis=Basis.LAW,
    title="报告里没有密级标志和“内部资料”字样",
    reason="《保守国家秘密法》：标有绝密、机密、秘密或写明不得外传的材料不能公开；公开发布的年报不会印这些标志。",
    advice="核对来源。确是公开发布的年报而误印了标志的，请发布单位更正，抄录里不写这几个字，在“转录说明”里写明；只是文中提到这几个字的，在“确认”里写明。",
    check=check,
)
