"""XT-S6-FEE-CONFLICT: a report does not say that nothing was charged and list fees in table 2."""

import re
from collections.abc import Iterator

from build_tools.reading import DENIED
from build_tools.rules.aids.claim import Claim
from build_tools.rules.aids.figures import number
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_NONE = re.compile(rf"{DENIED}(?:收取|收|征收)(?:过)?任?何?(?:行政事业性)?(?:费用|收费)(?![标项])")
_OF_REQUESTS = re.compile("申请|信息|公开|处理费|检索|复制|邮寄")


def check(view: View) -> Iterator[Outcome]:
    """Look for "no fees at all", not of requests alone, above fees in table 2."""
    amount = number(view.report.tables.get("t2"), "fees", "amount")
    for sentence in view.reading.about("费用", "收费") if amount else ():
        match = _NONE.search(sentence.text)
        if (
            match
            and not _OF_REQUESTS.search(sentence.text)
            and sentence.of_year(view.report.year, match.start())
        ):
            claim = Claim("fee", 0, sentence, match.start(), match.end())
            yield claim.problem(f"说没有收取任何费用，表二行政事业性收费金额却是 {amount}，差 {amount}")


RULE = Rule(
    id="XT-S6-FEE-CONFLICT",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="正文说没有收费，表二就不应有收费金额",
    reason="正文说本年没有收取任何费用，表二行政事业性收费却有金额，两处必有一处错。只说没有收信息处理费的不比：那是另一回事。",
    advice="对照原件改正抄录；原件就是这样写的，不要改，在“确认”里写明规则、位置和理由。",
    check=check,
    since=2021,
    prose=True,
)
