"""TX-HEADING: headings are those of the official form."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.words import level
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_NUMBER = re.compile("^(?:第?[一二三四五六七八九十]+(?:、|部分)?|[0-9]+[.、])")


def check(view: View) -> Iterator[Outcome]:
    """Look at the headings that are printed otherwise; those that only differ in trifles, or go on, are as good."""
    for part in view.report.form.sections:
        printed = view.report.headings.get(part.heading)
        known = {level(name) for name in (part.heading, *part.variants)}
        if printed and not _NUMBER.sub("", level(printed)).startswith(tuple(known)):
            message = f"标题印作“{printed}”，格式规定为“{part.title}”"
            yield Problem(("原表标签", "章节", part.heading), message, HINT)


HINT = "核对抄录，抄错了就改正；原件就是这样写的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-HEADING",
    severity=WARNING,
    basis=Basis.FORM,
    title="各部分的标题与格式规定的一样",
    reason="标题改了，读者和程序就不容易找到这一部分；漏字、重字多半是录入或排版的错。",
    advice="核对原件。原件如此，照录在“原表标签”的“章节”里，在“确认”里写明理由。",
    check=check,
)
