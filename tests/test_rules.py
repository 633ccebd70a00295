"""The rule catalogue is a product: each rule has a reason, examples that fire and that do not, and advice that works."""

from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.finding import Severity
from build_tools.form import Relation, TableForm, Term
from build_tools.forms import official
from build_tools.model import Table
from build_tools.rules import RULES
from build_tools.rules.aids.relations import tried
from build_tools.rules.aids.spots import look_through
from build_tools.rules.aids.trial import Number
from build_tools.rules.rule import Rule
from build_tools.source import plain
from tests.casework import Case, cases, judge
from tests.strategies import table

IDS = [rule.id for rule in RULES]
ALL = [case for id_ in IDS for case in cases(id_)]
CHECKED = {rule.id for rule in RULES if rule.check}  # the others speak while there is no report yet
FIRING = [case for case in ALL if case.fires]
FOR_EVER = cast(
    "dict[str, dict[str, str]]",
    plain((Path(__file__).parent / "cases/rule_ids.yml").read_text(encoding="utf-8")),
)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_catalogue(rule: Rule) -> None:
    """Every rule says in Chinese what must hold, why, and what to do, and has both sorts of example."""
    for text in (rule.title, rule.reason, rule.advice):
        assert any("\u4e00" <= char <= "\u9fff" for char in text)
    assert {case.fires for case in cases(rule.id)} == {True, False}


def test_ids_are_unique() -> None:
    """No id names two rules."""
    assert len(IDS) == len(set(IDS))


def test_ids_are_for_ever() -> None:
    """Each id once given is still there and means as much; tests/cases/rule_ids.yml lists every one."""
    facts = {
        rule.id: {"severity": rule.severity.value, "waivable": str(rule.waivable).lower()}
        | ({"weak": rule.weak.value} if rule.weak else {})
        for rule in RULES
    }
    assert facts == FOR_EVER


@pytest.mark.parametrize("case", ALL, ids=str)
def test_example(case: Case) -> None:
    """An example fires with that very rule, at the very places, or not at all."""
    found = [f for f in judge(case.data).findings if f.rule == case.rule]

    assert bool(found) == case.fires, found
    if "at" in case.data:
        assert sorted(f.path for f in found) == sorted(case.data["at"])
    if "severity" in case.data:
        assert {f.severity.value for f in found} == {case.data["severity"]}
    for finding in found:
        assert finding.message
        assert finding.hint


@pytest.mark.parametrize("case", [c for c in FIRING if "mend" in c.data or "mended_text" in c.data], ids=str)
def test_following_the_advice_makes_it_pass(case: Case) -> None:
    """The mended report no longer breaks the rule."""
    assert case.rule not in {f.rule for f in judge(case.data, mended=True).findings}


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_some_example_is_mended(rule: Rule) -> None:
    """Each rule shows how to satisfy it."""
    assert any("mend" in c.data or "mended_text" in c.data for c in cases(rule.id) if c.fires)


@pytest.mark.parametrize("case", [c for c in FIRING if c.rule in CHECKED and "text" not in c.data], ids=str)
def test_waiver(case: Case) -> None:
    """A waiver excuses the finding it names, unless the rule speaks of our transcription."""
    rule = next(r for r in RULES if r.id == case.rule)
    first = next(f for f in judge(case.data).findings if f.rule == case.rule)
    after = judge(case.data, waived=f"{first.rule} {first.path}").findings
    again = next(f for f in after if f.rule == first.rule and f.path == first.path)

    assert bool(again.waived) == rule.waivable
    assert any(f.rule == "ACK-STALE" for f in after) != rule.waivable
    assert not (rule.waivable and again.severity is Severity.ERROR and again.blocks)


TABLES = {f"{form.id}-{t.id}": t for form in official().values() for t in form.tables.values() if t.relations}


@pytest.mark.parametrize("form", TABLES.values(), ids=TABLES)
@settings(max_examples=25)
@given(st.data())
def test_no_relation_is_passed_over(form: TableForm, data: st.DataObject) -> None:
    """Of all that the form declares, just that is tried which does not plainly hold or is all blank."""
    twins = [table(other, "") for other in TABLES.values() if other.id == form.id]
    now, last = data.draw(table(form, "")), data.draw(st.none() | st.one_of(twins))
    found = [(trial.relation, trial.key) for trial in tried(look_through(now), last)]

    assert found == [
        (relation, key)
        for relation in now.form.relations
        for key in _keys(relation, now)
        if _worth_trying(relation, key, now, last)
    ]


def _keys(relation: Relation, now: Table) -> list[str]:
    columns = [column.id for column in next(iter(now.form.lines.values())).columns]
    return list(relation.only or (columns if relation.along == "columns" else now.form.lines))


def _worth_trying(relation: Relation, key: str, now: Table, last: Table | None) -> bool:
    def values(terms: tuple[Term, ...]) -> list[Number | None]:
        places = [(t.id, key) if relation.along == "columns" else (key, t.id) for t in terms]
        tables = [last if term.last else now for term in terms]
        cells = [t.cell(*place) if t else None for t, place in zip(tables, places, strict=True)]
        there.extend(cell is not None for cell in cells)
        return [cell.value if cell else None for cell in cells]

    there: list[bool] = []
    left, right = values(relation.left), values(relation.right)
    if not all(there) or set(left + right) == {None}:
        return False
    if None in left + right:
        return True
    low, high = sum(v for v in left if v is not None), sum(v for v in right if v is not None)
    return low > high or (relation.sign == "=" and low != high)
