"""DT-PUB-LATE-DEPT: reports of departments are public by the end of January, those of towns usually."""

from collections.abc import Iterator

from build_tools.rules.aids.lateness import late_department
from build_tools.rules.rule import ERROR, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Hold the printed day of publication against the day it was due."""
    return late_department(view)


RULE = Rule(
    id="DT-PUB-LATE-DEPT",
    severity=ERROR,
    weak=WARNING,
    basis=Basis.LAW,
    title="部门的年报在次年1月31日前公布，乡镇、街道一般也是",
    reason="《政府信息公开条例》（2019年修订）第四十九条第一款：县级以上人民政府部门每年1月31日前公布上一年度的报告。条例没有写明乡镇、街道的日期，各地大多一样要求，所以只是警告。",
    advice="核对公布日期，网站显示的日期可能是改版、重新上传的日期；确是那天公布的，照录，在“确认”里写明理由。",
    check=check,
    since=2019,
)
