"""ID-SCOPE: only a government of county level or above reports for others."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """The kinds that may are marked in kinds.yml."""
    kind = subject.unit.kind
    if subject.report.aggregated and not kind.aggregates:
        message = f"“范围”写的是汇总，{subject.unit.name}是{kind.id}，报告只能是本机关的"
        yield Problem(("范围",), message, "删去“范围”这一行；类别写错了就改 unit.yml。")


RULE = Rule(
    id="ID-SCOPE",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="只有县级以上政府的报告可以是汇总的",
    reason="县级以上政府的报告汇总本地区各机关的数据；部门、办公室和乡镇街道的报告只说本机关。",
    advice="删去“范围: 汇总”；报告确是本级政府的汇总报告，改 unit.yml 的“类别”或移到政府的文件夹。",
    check=check,
)
