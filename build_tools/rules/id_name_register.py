"""ID-NAME-REGISTER: the unit named in the title is the unit the report is filed under."""

import re
from collections.abc import Iterator

from build_tools.finding import Problem, Unassessed
from build_tools.privacy import masked
from build_tools.rules.aids.titles import is_called, titled_unit
from build_tools.rules.aids.words import tight
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """`单位名称` speaks where the title does not, or not clearly."""
    report = view.report
    printed = report.printed_unit or _titled(tight(report.title))
    path = ("单位名称",) if report.printed_unit else ("标题",)
    if not printed:
        yield Unassessed(path, "标题里没有单位名称，无法核对")
    elif not is_called(view, printed):
        names = "、".join(dict.fromkeys(view.unit.names()))
        shown = masked(report.printed_unit) or _titled(tight(masked(report.title))) or masked(printed)
        message = f"印的单位是“{shown}”，这个文件夹登记的是“{names}”"
        hint = f"放错了就移走；确是同一单位，在 unit.yml 的“别名”里加上“{shown}”。"
        yield Problem(path, message, hint)


# A notice that issues the report names its own unit before these words, or the report's behind them.
_ISSUED = re.compile("(?:关于)?(?:印发|转发|发布|公布|报送)(?:《|〈)?")


def _titled(title: str) -> str:
    notice = _ISSUED.search(title)
    if notice is None:
        return titled_unit(title)
    issuer, issued = title[: notice.start()], title[notice.end() :]
    return titled_unit(issued) or titled_unit(issuer + issued)


RULE = Rule(
    id="ID-NAME-REGISTER",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="标题里的单位就是所在文件夹的单位",
    reason="标题是别的单位，说明放错了文件夹，或者登记的名称不全。",
    advice="放错了就移到那个单位的文件夹；是旧名、简称，写进 unit.yml 的“曾用名”或“别名”；原件标题印错了单位，照录，在“确认”里写明理由。",
    check=check,
)
