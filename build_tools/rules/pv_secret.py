"""PV-SECRET: no mark of a state secret or of an internal paper stands in a report."""

import re
from collections.abc import Iterator

from build_tools.rules.aids.search import first_of
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View

_MARK = re.compile(
    "(?:绝密|机密|秘密)[ ]{0,3}[★☆]"
    "|(?:^|(?<=\n))(?:绝密|机密|秘密|内部资料|内部文件)(?=\n|$)"
    "|[（(【\\[](?:绝密|机密|秘密|内部资料|内部文件)[)）】\\]]"
    "|内部(?:资料|文件|材料)[，,： ]{0,2}(?:注意保存|妥善保管|不得外传|请勿外传|严禁外传|禁止外传|不得翻印|不得复制)"
    "|(?:绝密|机密|秘密)级?[，, ]{0,2}阅后(?:收回|归还|销毁)"
)
"""A mark as it is printed on a paper. Prose that says how secrets are kept has the same words, but not so."""
_WORDS = ("★", "☆", "内部", "绝密", "机密", "（秘密", "(秘密", "【秘密", "[秘密", "\n秘密", "阅后")


def check(view: View) -> Iterator[Outcome]:
    """Look for marks in the title and the prose."""
    for text in view.texts:
        if _may(text.plain):
            yield from first_of(text, list(_MARK.finditer(text.plain)), "这里有密级或内部标志“{}”", HINT)


def _may(plain: str) -> bool:
    return plain.startswith("秘密") or any(word in plain for word in _WORDS)


HINT = "先不要提交：对照发布网址看是不是公开发布的年报；不是的，删去这份文件，并按保密规定报告。"

RULE = Rule(
    id="PV-SECRET",
    severity=ERROR,
    basis=Basis.LAW,
    title="报告里没有密级标志和“内部资料”字样",
    reason="《保守国家秘密法》：标有绝密、机密、秘密或写明不得外传的材料不能公开；公开发布的年报不会印这些标志。",
    advice="核对来源。确是公开发布的年报而误印了标志的，请发布单位更正，抄录里不写这几个字，在“转录说明”里写明。",
    check=check,
    waivable=False,
)
