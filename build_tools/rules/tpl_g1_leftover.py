"""TPL-G1-LEFTOVER: the prose does not still carry the indicators of a form that is over."""

import re
from collections.abc import Iterator
from functools import cache

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.form import Form
from build_tools.forms import official
from build_tools.rules.aids.words import tight
from build_tools.rules.rule import INFO, Basis, Outcome, Rule

ENOUGH = 2  # meetings alone are ordinary work; two indicators side by side are the old table


def check(subject: Subject) -> Iterator[Outcome]:
    """Several indicators of one ended form in one part."""
    report = subject.report
    ended = _ended(report.year)
    if report.form.free or not ended:
        return
    for section in report.sections:
        text = tight(section.text)
        for form, patterns in ended:
            found = [match[0] for pattern in patterns if (match := pattern.search(text))]
            if len(found) >= min(ENOUGH, len(patterns)):
                message = f"这一部分还有{form.name}的指标：{'、'.join(found)}"
                hint = "核对抄录；原件就是这样写的，在“确认”里写明即可。"
                yield Problem(section.path, message, hint)


@cache
def _ended(year: int) -> tuple[tuple[Form, tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (form, tuple(map(re.compile, form.leftovers)))
        for form in official().values()
        if form.leftovers and form.last is not None and form.last < year
    )


RULE = Rule(
    id="TPL-G1-LEFTOVER",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="正文里没有旧统计表的指标",
    reason="召开会议次数、培训班数、接受培训人员数是2014年统计表的指标，2019年起的格式已经不用；整段照搬，说明沿用了旧年报的底稿。",
    advice="核对抄录。原件这样写的，可以照录，在“确认”里写明。",
    check=check,
)
