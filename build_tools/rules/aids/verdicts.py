"""Saying how declared relations fared: the whole check of rules that are nothing but their relations."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.finding import Problem, Unassessed
from build_tools.form import Term
from build_tools.model import State
from build_tools.rules.aids.figures import Number, number
from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.trial import Trial, Verdict, figure
from build_tools.rules.aids.wording import say
from build_tools.rules.view import View


def trials(view: View, rule: str) -> tuple[Trial, ...]:
    """What the forms declare under the name of `rule`, but for what plainly holds or is all blank."""
    return view.trials.get(rule, ())


def declared(view: View, rule: str, manner: Manner) -> Iterator[Problem | Unassessed]:
    """The whole check of a rule that is nothing but its relations."""
    for trial in trials(view, manner.totals or rule):
        if manner.totals:
            yield from _no_total(trial, manner)
        elif not manner.without or _term(trial, manner.without) is None:
            yield from _judged(trial, manner)


def _judged(trial: Trial, manner: Manner) -> Iterator[Problem | Unassessed]:
    """A problem for a relation that fails, with both sides written out; a note for one that cannot be tried."""
    if trial.verdict is Verdict.UNKNOWN:
        yield Unassessed(trial.path, say("unknown", place=trial.place))
    elif trial.verdict is Verdict.BLANKS:
        yield Unassessed(trial.path, say("blanks", place=trial.place), blanks=True)
    elif trial.verdict is not Verdict.FAILS:
        return
    elif manner.wants and _term(trial, manner.wants) is None:
        yield Unassessed(trial.path, say("unwanted", place=trial.place))
    elif not manner.counts or _term(trial, manner.counts):
        yield Problem(trial.path, _failure(trial, manner), manner.hint)


def _failure(trial: Trial, manner: Manner) -> str:
    return manner.fails.format(
        place=trial.place,
        left=trial.left,
        word=say("equal" if trial.relation.sign == "=" else "most"),
        right=trial.right,
        difference=abs(trial.difference),
    )


def _term(trial: Trial, id_: str) -> Number | None:
    """The number in the row or column `id_` where the relation is tried."""
    table, row, column = trial.scope.spot(Term(id_))
    return number(table, row, column)


def _no_total(trial: Trial, manner: Manner) -> Iterator[Problem]:
    """A problem for a sum that has parts but, as printed, no figure for the total."""
    total = trial.right.cells[0]
    parts = [c.value for c in trial.left.cells if c.value is not None]
    if total.value is None and total.state is not State.MISSING and parts:
        message = say("total", place=trial.place, sum=trial.left.known, figure=figure(total))
        yield Problem(trial.path, message, manner.hint)
