"""TX-LLM: no words of a chat program are left in the text."""

import re
from collections.abc import Iterator

from build_tools.rules.aids.search import gated, pointed
from build_tools.rules.rule import INFO, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_CHAT = re.compile(
    "作为(?:一个|一款)?(?:人工智能|AI|语言模型|大模型)|(?:以下是|这是)[^。\n]{0,20}(?:供您参考|供你参考|希望对[您你])"
    "|希望(?:这份|以上|对)[^。\n]{0,12}(?:对[您你]有(?:所)?帮助|[您你]有(?:所)?帮助)|如(?:需|果您需要)[^。\n]{0,15}请随时告诉我"
    "|[您你]可以?根据(?:实际|具体|自身)(?:情况|需要)[^。\n]{0,12}(?:修改|调整|补充|完善)|根据[您你]提供的|当然[，,！]?以下是|以下是(?:一份|为[您你]|根据[您你])"
    "|(?:以上|本文|报告|内容)[^。\n]{0,6}由(?:AI|人工智能|大模型)[^。\n]{0,6}(?:生成|撰写)"
)
_PLURAL = re.compile("(?:^|(?<=[。；，\n]))(?:各级政府部门|部分地区|一些地区|多数部门|许多地方|各地政府)")

_GATE = ("人工智能", "AI", "语言模型", "大模型", "您", "你", "告诉我", "以下是")
_OTHERS = ("各级政府部门", "部分地区", "一些地区", "多数部门", "许多地方", "各地政府")


def check(view: View) -> Iterator[Outcome]:
    """Words said to whoever asked; that the report speaks of 一些地区 instead of itself is only a hint.

    And it is none where the report speaks for all offices below it.
    """
    yield from pointed(gated(view, view.prose, _GATE), _CHAT, "这句话不像是年报里的：“{}”", HINT)
    if not view.unit.kind.aggregates:
        yield from pointed(
            gated(view, view.prose, _OTHERS), _PLURAL, "说的不像是本单位：“{}”", HINT, weak=True
        )


HINT = "核对抄录，抄错了就改正；原件就是这样写的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-LLM",
    severity=WARNING,
    weak=INFO,
    basis=Basis.PLAUSIBLE,
    title="正文没有聊天程序留下的话",
    reason="“供您参考”“希望对您有帮助”是写作程序的口气，说明这一段没有人看过；“一些地区”“多数部门”说的不是本单位。",
    advice="核对抄录。原件如此，照录，在“确认”里写明理由。",
    check=check,
)
