"""XY-VALID-SUGGEST: where XY-VALID fails, no number of lapsed or amended documents in the text explains it."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.trial import Verdict
from build_tools.rules.aids.verdicts import trials
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View

WORDS = "(?:失效|修改|修订)"
NEAR = "[^，。；、0-9]{0,12}"
MENTION = re.compile(rf"{WORDS}{NEAR}(\d+)[件份个部]|(\d+)[件份个部]{NEAR}{WORDS}")
"""A number of documents and one of the words, with no other number and no pause between them."""


def check(view: View) -> Iterator[Outcome]:
    """Look for the difference among the numbers beside 失效 and 修改."""
    broken = [trial for trial in trials(view, "XY-VALID") if trial.verdict is Verdict.FAILS]
    said = _mentions(view) if broken else {}
    for trial in broken:
        quote = said.get(abs(int(trial.difference)))
        if quote:
            message = f"{trial.place}：与上年推算的差 {abs(trial.difference)}，正文恰好写着“{quote}”，可能就是这个缘故"
            yield Problem(trial.path, message, HINT)


def _mentions(view: View) -> dict[int, str]:
    text = "".join(view.report.text().split())
    return {int(match[1] or match[2]): match[0] for match in MENTION.finditer(text)}


HINT = "自动失效或修改的文件没有计入“本年废止件数”时就会这样；核对后在 XY-VALID 的“确认”里写明这个理由。"

RULE = Rule(
    id="XY-VALID-SUGGEST",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="现行有效件数与上年对不上时，看正文写的失效、修改件数能不能解释",
    reason="文件到期自动失效、修改后重新公布，往往不计入“本年废止件数”，存量就会差出这几件。",
    advice="核对正文这句话；能解释的，作为理由写进 XY-VALID 的“确认”。",
    check=check,
)
