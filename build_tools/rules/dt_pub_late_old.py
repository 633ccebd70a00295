"""DT-PUB-LATE-OLD: earlier reports were public by the end of March."""

from collections.abc import Iterator

from build_tools.rules.aids.lateness import late_earlier
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Hold the printed day of publication against the day it was due."""
    return late_earlier(view)


RULE = Rule(
    id="DT-PUB-LATE-OLD",
    severity=WARNING,
    basis=Basis.LAW,
    title="2018年度及以前的年报在次年3月31日前公布",
    reason="《政府信息公开条例》（2007年公布）第三十一条：各级行政机关应当在每年3月31日前公布本行政机关的年度报告。",
    advice="核对公布日期，网站显示的日期可能是改版、重新上传的日期；确是那天公布的，照录，在“确认”里写明理由。",
    check=check,
    until=2018,
)
