"""NT-DONE: what the prose says was settled or carried over is what table 3 says."""

import re
from collections.abc import Iterator

from build_tools.rules.aids.claim import Claim
from build_tools.rules.aids.figures import number
from build_tools.rules.aids.prose import own, stated
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_ROWS = (
    ("done", "办结、答复", "total"),
    ("out", "结转下年度", "carried_out"),
    ("in", "上年结转", "carried_in"),
)
_ALL = re.compile(r"(?<![期时定])办结率(?:达到|达|为|是|:)?100%")


def check(view: View) -> Iterator[Outcome]:
    """Hold what was settled and carried against the rows of table 3; a rate of 100 % leaves nothing over."""
    table = view.report.tables.get("t3")
    for topic, name, row in _ROWS if table else ():
        figure = number(table, row, "total")
        if figure is None:
            continue
        claims = [c for c in stated(view, view.requests, topic) if c.value != figure]
        for claim in claims[:1] if len({c.value for c in claims}) == 1 else ():
            told = f"{name} {claim.value} 件，表三“{row_words(row)}”总计是 {figure}"
            yield claim.problem(f"{told}，差 {abs(claim.value - figure)}")
    left = number(table, "carried_out", "total")
    for sentence in view.reading.about("办结率") if left else ():
        match = _ALL.search(sentence.text)
        if match and "申请" in sentence.text and own(view, sentence, match.start()):
            claim = Claim("rate", 100, sentence, match.start(), match.end())
            yield claim.problem(f"办结率是 100%，表三却有 {left} 件结转下年度，差 {left} 件")


def row_words(row: str) -> str:
    """What the row is called in short."""
    return {"total": "（七）", "carried_out": "结转下年度", "carried_in": "上年结转"}[row]


RULE = Rule(
    id="NT-DONE",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="正文的办结数、结转数与表三一致",
    reason="正文说办结、答复、结转多少件，说的就是表三（七）总计、上年结转和结转下年度。",
    advice="对照原件改正抄录；原件就是这样写的，不要改，在“确认”里写明规则、位置和理由。",
    check=check,
    prose=True,
)
