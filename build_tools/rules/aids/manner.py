"""How rules that are nothing but their relations speak: data, which a browser follows as the checker does."""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.rules.aids.wording import WORDS

RECHECK = "逐格对照原件改正抄录；原件就是这样印的，不要改数字，在“确认”里写明规则、位置和理由。"
"""The advice for a relation that fails."""

NO_TOTAL = "原件印了总计就照抄；原件没有印，不要自己算，在“确认”里写明理由。"
"""The advice for a total that is no number."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the relations declared under a rule are told.

    Where the term `wants` is no number a failure is a note only; with `without` only those are looked at where that
    term is none; with `counts` a failure is told only where that term is a number other than 0. `totals` names
    a rule of sums: told is where one of these has parts and, as printed, no figure for the total.
    """

    hint: str = RECHECK
    fails: str = WORDS["fails"]
    wants: str = ""
    without: str = ""
    counts: str = ""
    totals: str = ""
