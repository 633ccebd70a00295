"""TX-DRAFT: the text is the published one and no draft."""

import re
from collections.abc import Iterator

from build_tools.rules.aids.search import gated, pointed
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View

_DRAFT = "征求意见稿|送审稿|讨论稿|审议稿|初稿|修改稿|草稿"
_TITLE = re.compile(_DRAFT)
_MARK = re.compile(
    f"(?:^|(?<=\n))[（(【]?(?:{_DRAFT})[)）】]?(?=\n|$)|信息公开工作年度报告[（(](?:{_DRAFT})[)）](?!》)|批注[ ]?\\[|修订痕迹"
    "|[（(]此处[^）)\n]{0,12}(?:应|请|需|待|加|补充|填写|核实|核对|插入|修改|删)[^）)\n]{0,20}[)）]"
)

_GATE = ("征求意见稿", "送审稿", "讨论稿", "审议稿", "初稿", "修改稿", "草稿", "批注", "修订痕迹", "此处")


def check(view: View) -> Iterator[Outcome]:
    """In the title; in the prose only a mark that stands by itself, for drafts of documents are ordinary business."""
    title, prose = view.texts[:1], view.prose
    yield from pointed(title, _TITLE, "标题写明是“{}”", HINT)
    yield from pointed(gated(view, prose, _GATE), _MARK, "这里有草稿的痕迹：“{}”", HINT)


HINT = "换成正式发布的那一份；发布的就是这样，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-DRAFT",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="是发布稿，不是草稿",
    reason="征求意见稿、带批注的稿子不是单位正式公布的报告，不能收进档案。",
    advice="换成正式发布的那一份；发布的就是这样，照录，在“确认”里写明理由。",
    check=check,
)
