"""Saying how declared relations fared: the whole check of rules that are nothing but their relations."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.finding import Problem, Unassessed
from build_tools.model import State
from build_tools.rules.aids.trial import Trial, Verdict, figure
from build_tools.rules.view import View

RECHECK = "逐格对照原件改正抄录；原件就是这样印的，不要改数字，在“确认”里写明规则、位置和理由。"
"""The advice for a relation that fails."""


def trials(view: View, rule: str) -> tuple[Trial, ...]:
    """What the forms declare under the name of `rule`, but for what plainly holds or is all blank."""
    return view.trials.get(rule, ())


def judge(trial: Trial, hint: str) -> Iterator[Problem | Unassessed]:
    """A problem for a relation that fails, with both sides written out; a note for one that cannot be tried."""
    if trial.verdict is Verdict.FAILS:
        word = "应等于" if trial.relation.sign == "=" else "应不大于"
        message = f"{trial.place}：{trial.left}，{word} {trial.right}，差 {abs(trial.difference)}"
        yield Problem(trial.path, message, hint)
    elif trial.verdict is Verdict.UNKNOWN:
        yield Unassessed(trial.path, f"{trial.place}：有的格不是数字，无法核对")
    elif trial.verdict is Verdict.BLANKS:
        yield Unassessed(trial.path, f"{trial.place}：把空白当作没有，正好对得上", blanks=True)


def declared(view: View, rule: str, hint: str = RECHECK) -> Iterator[Problem | Unassessed]:
    """The whole check of a rule that is nothing but its relations."""
    for trial in trials(view, rule):
        yield from judge(trial, hint)


def blank_totals(view: View, rule: str) -> Iterator[Problem]:
    """A problem for each sum of `rule` that has parts but, as printed, no figure for the total."""
    for trial in trials(view, rule):
        total = trial.right.cells[0]
        parts = [c.value for c in trial.left.cells if c.value is not None]
        if total.value is None and total.state is not State.MISSING and parts:
            message = f"{trial.place}：前面填了数，和是 {trial.left.known}，总计却是{figure(total)}"
            yield Problem(trial.path, message, NO_TOTAL)


NO_TOTAL = "原件印了总计就照抄；原件没有印，不要自己算，在“确认”里写明理由。"
"""The advice for a total that is no number."""
