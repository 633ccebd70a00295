"""TX-S5-EMPTY: part five tells a problem and what is done about it."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.search import part
from build_tools.rules.aids.words import tight
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

LEAST = 50
_PROBLEM = re.compile(
    "问题|不足|不够|差距|薄弱|不强|不高|不全|滞后|欠缺|有待|单一|较少|不及时|困难|短板|局限"
)
_ACTION = re.compile("改进|措施|整改|加强|下一步|今后|提高|完善|加大|强化|进一步|健全|规范")


def check(view: View) -> Iterator[Outcome]:
    """By its length and by words that no such text does without."""
    section = part(view, "problems")
    if section is None:
        return
    text = tight(section.text)
    lacking = [name for name, pattern in (("问题", _PROBLEM), ("改进", _ACTION)) if not pattern.search(text)]
    if len(text) < LEAST:
        yield Problem(section.path, f"这一部分只有 {len(text)} 个字，不到 {LEAST} 个", HINT)
    elif lacking:
        yield Problem(section.path, f"这一部分没有写{'和'.join(lacking)}", HINT)


HINT = "对照原件，抄漏了就补上；原件如此，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-S5-EMPTY",
    severity=WARNING,
    basis=Basis.LAW,
    title="第五部分写了问题和改进",
    reason="《政府信息公开条例》（2019年修订）第五十条：年报应包括存在的主要问题及改进情况。写“无”或者只有一句话，等于没有写。",
    advice="对照原件，抄漏了就补上；原件如此，照录，在“确认”里写明理由。",
    check=check,
    since=2019,
)
