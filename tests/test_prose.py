"""The rules that read prose are right nine times in ten on the development set, and get no worse."""

import pytest

from build_tools.check import catalogue
from build_tools.finding import Severity
from build_tools.manual.judged import Judged, judged
from tests import proseset
from tests.proseset import CORPUS, PROSE, findings, tally

HERE_ALONE = findings(corpus=False)


def test_every_rule_is_judged() -> None:
    """Each rule that reads prose has its line in the table of the manual."""
    assert set(judged()) == set(PROSE)


@pytest.mark.parametrize("rule", PROSE)
def test_no_worse_than_stated(rule: str) -> None:
    """On the archive's own reports and the variations no rule finds more wrong things than the table says."""
    now = Judged(**tally(HERE_ALONE)[rule])

    assert now.wrong <= judged()[rule].wrong
    assert now.made_right >= judged()[rule].made_right


@pytest.mark.parametrize("rule", PROSE)
def test_precise_enough_for_its_severity(rule: str) -> None:
    """A rule that is right in less than nine of ten is a hint at most."""
    stated = judged()[rule]

    assert stated.right > 0
    assert (
        10 * stated.right >= 9 * (stated.right + stated.wrong) or catalogue()[rule].severity is Severity.INFO
    )


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development reports are not here")
def test_the_table_is_what_is_found() -> None:
    """With the development reports at hand, the table is just what the judgements come to."""
    assert proseset.table_text(tally(findings())) == proseset.TABLE.read_text(encoding="utf-8")


def test_an_unjudged_finding_is_wrong() -> None:
    """What nobody has judged counts against the rule."""
    unknown = proseset.Found("NT-REQ", "330411103/2020", "没有判断过的话")
    assert tally([unknown])["NT-REQ"]["real_wrong"] == 1


def test_precision_is_told() -> None:
    """Nothing found is no precision; nine of ten is 90 %."""
    assert Judged(0, 0, 0, 0, 3).precision == "—"
    assert Judged(4, 1, 5, 0, 0).precision == "90%"
