"""XT-FEE-STEP: fees for requests come in steps."""

from collections.abc import Iterator

from build_tools.rules.aids.counted import fees
from build_tools.rules.aids.prose import stated
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

BY_PAGE, BY_ITEM = 10, 100
"""The steps in 元: by pages, and by requests."""


def check(view: View) -> Iterator[Outcome]:
    """See that each stated sum is made of whole steps."""
    for claim in stated(view, fees(view.reading)) if view.reading.says("信息处理费") else ():
        step = BY_ITEM if "按件" in claim.sentence.text else BY_PAGE
        if claim.value % step:
            yield claim.problem(f"收取 {claim.value} 元，不是 {step} 元的整数倍，余 {claim.value % step} 元")


RULE = Rule(
    id="XT-FEE-STEP",
    severity=WARNING,
    basis=Basis.LAW,
    title="信息处理费是 10 元的整数倍，按件收的是 100 元的整数倍",
    reason="国办函〔2020〕109号：按件每件 100 元起，按量每页 10 元、20 元、40 元，总额不会有零头。",
    advice="对照原件的数字和单位；原件就是这样写的，不要改，在“确认”里写明理由。",
    check=check,
    since=2021,
    prose=True,
)
