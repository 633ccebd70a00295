"""VAL-TEXT: a cell holds a number, not words."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.privacy import masked
from build_tools.rules.aids.spots import TEXT
from build_tools.rules.aids.wording import say
from build_tools.rules.aids.words import cut
from build_tools.rules.rule import ERROR, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

PLAIN = re.compile(
    r"[?？约共计增减+＋\-—－ ]{0,4}(\d[\d,，]*(?:\.\d+)?) ?[^\d\s，。；（(]{0,3}(?:[（(][^（(]*[）)])?"
)
"""One number with at most a few words around it: 3件, 1,113, 减3, --253, 22（其中修订16件）."""
_COMMAS = str.maketrans("", "", ",，")


def check(view: View) -> Iterator[Outcome]:
    """Weak where one can see which number is meant."""
    for sheet in view.sheets.values():
        table = sheet.table
        for spot in sheet.blanks:
            if spot.cell.state is TEXT:
                found = PLAIN.fullmatch(spot.cell.raw)
                raw = masked(spot.cell.raw)
                known = found is not None and raw == spot.cell.raw  # a guess would tell what is masked
                seen = say("text_seen", number=found[1].translate(_COMMAS)) if found and known else ""
                message = say("text", place=spot.where(table), raw=cut(raw), seen=seen)
                yield Problem(spot.path(table), message, HINT, weak=found is not None)


HINT = "原件只有数字就只写数字；原件就是这样印的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="VAL-TEXT",
    severity=ERROR,
    basis=Basis.FORM,
    title="格子里是数字，不是文字",
    reason="“详见附件”“3件”不是数字，无法加总和比较。看得出是几的，算提醒；看不出的，算错误。",
    advice="是抄录时带上的字就去掉；原件就是这样印的，照录，在“确认”里写明理由。",
    check=check,
    weak=WARNING,
)
