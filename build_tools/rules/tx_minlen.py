"""TX-MINLEN: there is more than a few sentences of prose."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.words import tight
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

LEAST = 200


def check(view: View) -> Iterator[Outcome]:
    """All parts together, without white space."""
    count = sum(len(tight(section.text)) for section in view.report.sections)
    if count < LEAST:
        yield Problem((), f"正文一共只有 {count} 个字，不到 {LEAST} 个", HINT)


HINT = "对照原件，抄漏了就补上；原件如此，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-MINLEN",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="正文不少于二百字",
    reason="年报要写全年的情况、问题和改进，二百字写不下；太短多半是抄漏了。",
    advice="对照原件，抄漏了就补上；原件如此，照录，在“确认”里写明理由。",
    check=check,
)
