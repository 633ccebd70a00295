"""XY-RESTATED: where a report quotes last year's number of requests, it is the number of last year's report.

Only two ways of quoting are read, both with 申请 and a counting word: 上年收到申请 N 件, and 收到申请 M 件，
比上年增加 N 件 where M is the figure of this year's table. Anything looser compares different things.
"""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.model import Table
from build_tools.rules.aids.figures import Number, number
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

LAST = r"(?:上一?年度?|去年)"
WORDS = ("上年", "上一年", "去年")
NEAR = r"[^，,。；;、：:0-9]"
REQUESTS = rf"(?:新收|收到|受理|接收){NEAR}{{0,20}}申请{NEAR}{{0,4}}(\d{{1,6}})[件宗条份]"
QUOTED = re.compile(rf"{LAST}{NEAR}{{0,8}}{REQUESTS}")
COMPARED = re.compile(
    rf"{REQUESTS}[，,]?(?:同比)?[比较]{LAST}(?:同期)?(增加|增长|减少|下降)了?(\d{{1,6}})[件宗条份]"
)


def check(view: View) -> Iterator[Outcome]:
    """Look for the two ways of quoting in the prose, where last year's table tells its requests."""
    table, last = view.report.tables.get("t3"), view.last_table("t3")
    known = _received(last)
    for section in view.report.sections if known else ():
        if not any(word in section.text for word in WORDS):
            continue
        for said, quote in _quotes("".join(section.text.split()), _received(table)):
            if said not in known:
                message = (
                    f"“{quote}”：照此上年收到申请 {said} 件，而{view.report.year - 1}年度报告表三新收总计是 "
                    f"{known[0]} 件，差 {abs(said - known[0])}"
                )
                yield Problem(section.path, message, HINT)


def _quotes(text: str, now: tuple[Number, ...]) -> Iterator[tuple[int, str]]:
    """What the text says of last year, each with the words."""
    for match in QUOTED.finditer(text):
        yield int(match[1]), match[0]
    for match in COMPARED.finditer(text):
        if int(match[1]) in now:
            rise = int(match[3]) if match[2] in {"增加", "增长"} else -int(match[3])
            yield int(match[1]) - rise, match[0]


def _received(table: Table | None) -> tuple[Number, ...]:
    """The requests of a year, without and with those carried in: 收到 is used for either."""
    new, carried = (number(table, row, "total") for row in ("new", "carried_in"))
    return () if new is None else (new, new + (carried or 0))


HINT = "核对正文这句话和上年度报告的表三，抄错了就改正；原件就是这样写的，可以不管这条提示。"

RULE = Rule(
    id="XY-RESTATED",
    severity=INFO,
    basis=Basis.ARCHIVE,
    title="正文引用的上年申请件数，应与上年度报告一致",
    reason="后来的报告重提上年的数字而与当年公布的不同，说明有一份改过或写错了，读者应当知道。",
    advice="核对两年的原件；确实如此的，可以不管这条提示。",
    check=check,
)
