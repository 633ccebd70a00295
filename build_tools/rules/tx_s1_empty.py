"""TX-S1-EMPTY: part one speaks of what the form asks it to."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.search import part, sentences
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_TOPICS = {
    "主动公开": re.compile("主动公开|公开[^，。]{0,12}信息[^，。]{0,8}[0-9]+"),
    "依申请公开": re.compile("依申请|申请公开|公开申请"),
    "政府信息管理": re.compile(
        "信息管理|信息资源|规范化|保密审查|审查机制|发布审核|审核|目录|制度建设|管理制度"
    ),
    "平台建设": re.compile("平台|网站|公众号|公示栏|公开栏|渠道"),
    "监督保障": re.compile("监督|保障|考核|培训|评议|组织领导|机构及人员"),
}
_NEAR = 14
MOST = 3


def check(view: View) -> Iterator[Outcome]:
    """A topic counts where a sentence begins with it or tells a figure of it; most of them must be lacking."""
    section = part(view, "overview")
    if section is None:
        return
    said = sentences(section.text)
    lacking = [
        name
        for name, pattern in _TOPICS.items()
        if not any(pattern.search(s[:_NEAR]) or (_FIGURE.search(s) and pattern.search(s)) for s in said)
    ]
    if len(lacking) >= MOST:
        yield Problem(section.path, f"五个方面里有 {len(lacking)} 个没有专门写：{'、'.join(lacking)}", HINT)


_FIGURE = re.compile("[0-9]+[ ]?[余多]?[条件次个人份项篇场]")


HINT = "对照原件，抄漏了就补上；原件如此，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-S1-EMPTY",
    severity=WARNING,
    basis=Basis.CUSTOM,
    title="第一部分写了主动公开、依申请公开、信息管理、平台建设、监督保障",
    reason="国务院办公厅的格式要求“总体情况”说明这五个方面；只有几句空话的，读者什么也了解不到。",
    advice="对照原件，抄漏了就补上；原件如此，照录，在“确认”里写明理由。",
    check=check,
    since=2019,
)
