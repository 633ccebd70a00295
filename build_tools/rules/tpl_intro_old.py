"""TPL-INTRO-OLD: the opening does not announce the parts of the old form."""

import re
from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.model import Section
from build_tools.rules.aids.words import tight
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule

_ANNOUNCES = re.compile("部分|组成|包括")
_OLD = re.compile(
    "概述|收费(?:情况)?[及和与、]?减免|咨询(?:处理)?情况|机构建设和(?:保障)?经费|诉讼和申诉|申诉的?情况"
)


def check(subject: Subject) -> Iterator[Outcome]:
    """Old parts named in the opening of a report that is not in the old free form."""
    report = subject.report
    opening = next(iter(report.sections), None)
    if report.form.free or opening is None:
        return
    for sentence in _sentences(opening):
        old = list(dict.fromkeys(_OLD.findall(sentence)))
        if old and _ANNOUNCES.search(sentence):
            message = f"开头说本报告有“{'”“'.join(old)}”，正文是{report.form.name}的六个部分"
            hint = "核对原件，抄错了就改正；原件就是这样写的，在“确认”里写明理由。"
            yield Problem(opening.path, message, hint)
            return


def _sentences(opening: Section) -> list[str]:
    # The paragraphs before part one; where there are none, the first paragraph of the first part.
    text = opening.text if opening.id == "intro" else opening.text.split("\n\n", 1)[0]
    return tight(text).split("。")


RULE = Rule(
    id="TPL-INTRO-OLD",
    severity=WARNING,
    basis=Basis.CUSTOM,
    title="开头所说的部分就是正文的六个部分",
    reason="开头还写“本报告由概述、主动公开、收费及减免情况……组成”，正文却是六个部分，是从旧年报抄来没有改。",
    advice="核对抄录。原件开头就是这样写的，照录，在“确认”里写明理由。",
    check=check,
)
