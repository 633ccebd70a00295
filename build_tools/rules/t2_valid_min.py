"""T2-VALID-MIN: documents made this year and not repealed are still valid, so valid >= made - repealed."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.figures import number
from build_tools.rules.aids.trial import Verdict
from build_tools.rules.aids.verdicts import RECHECK, judge, trials
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Try the declared relation; where nothing is valid T2-VALID-ZERO says it more plainly."""
    for trial in trials(view, RULE.id):
        if trial.verdict is not Verdict.FAILS:
            yield from judge(trial, RECHECK)
        elif number(trial.table, trial.key, "valid"):
            message = (
                f"{trial.place}：{trial.left}，应不大于 {trial.right}，差 {trial.difference}；"
                f"照此推算，上年末现行有效的是 -{trial.difference} 件"
            )
            yield Problem(trial.path, message, RECHECK)


RULE = Rule(
    id="T2-VALID-MIN",
    severity=WARNING,
    basis=Basis.DEFINITION,
    title="表二：现行有效件数不少于本年制发件数减本年废止件数",
    reason="上年末现行有效的件数不会是负数，所以本年制发而没有废止的，年末都应还在现行有效之内。",
    advice="核对三个数是否抄错、串列；“现行有效件数”应填年末全部有效文件，不是只填本年的。",
    check=check,
)
