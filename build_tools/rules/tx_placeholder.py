"""TX-PLACEHOLDER: nothing is left that was to be filled in."""

import re
from collections.abc import Iterator

from build_tools.rules.aids.search import gated, pointed
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View

_LEFT = re.compile(
    "[X×xΧ]{2,4}(?=(?:镇|乡|街道|县|市|区|局|年|月|日|条|件|次|单位|部门|人民政府|办事处)(?![A-Za-z]))"
    "|[X×](?<![A-Za-z0-9+×].)(?=年(?:[0-9X×]|度)|[月日条件次])|_{3,}"
    "|某某(?=[镇乡县局]|街道|单位)|\\*{2,}(?=[条件次][，。；、])"
    "|[（(](?:单位名称|单位全称|年份|填写[^）)\n]{0,10}|请填写[^）)\n]{0,10})[)）]|[（(][)）](?=[条件次份篇场])|【[ ]?】"
    "|(?:待补充|待填写|请填写)(?<![有尚还亟仍]...)(?=[。；，、）)】\n]|$)|TODO|[Ll]orem ipsum"
)

_GATE = (
    *"X×xΧ【", "___", "某某", "**条", "**件", "**次", "（）", "()", "单位名称", "单位全称", "填写", "年份", "待补充", "TODO", "orem ipsum",
)  # fmt: skip


def check(view: View) -> Iterator[Outcome]:
    """Look in the title and the prose."""
    return pointed(gated(view, view.texts, _GATE), _LEFT, "这里有没填的空：“{}”", HINT)


HINT = "核对抄录，抄错了就改正；原件就是这样写的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-PLACEHOLDER",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="没有留下没填的空",
    reason="“XX镇”“____”“待补充”是模板里等着填的地方，说明没有写完就发布，或者抄的是模板。",
    advice="对照原件，抄错了就改正；原件如此，照录，在“确认”里写明理由。",
    check=check,
)
