"""DT-PUB-LATE-GOV: reports of governments are public by the end of March."""

from collections.abc import Iterator

from build_tools.rules.aids.lateness import late_government
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Hold the printed day of publication against the day it was due."""
    return late_government(view)


RULE = Rule(
    id="DT-PUB-LATE-GOV",
    severity=ERROR,
    basis=Basis.LAW,
    title="县级以上政府的年报在次年3月31日前公布",
    reason="《政府信息公开条例》（2019年修订）第四十九条第二款：县级以上地方人民政府的政府信息公开工作主管部门每年3月31日前公布本级政府上一年度的报告。",
    advice="核对公布日期，网站显示的日期可能是改版、重新上传的日期；确是那天公布的，照录，在“确认”里写明理由。",
    check=check,
    since=2019,
)
