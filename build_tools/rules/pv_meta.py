"""PV-META: the archived original tells nothing of the people who made it."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.originals.facts import Trace
from build_tools.privacy import MASK
from build_tools.rules.rule import INFO, WARNING, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """One problem for all that is found: it is mended at once. Names in the properties alone are a hint."""
    traces = subject.original.traces if subject.original else ()
    if traces:
        told = "、".join(map(_told, traces))
        message = f"原件“{subject.report.origin.file}”里还有{told}，网站不提供它的下载"
        yield Problem(("来源", "文件"), message, HINT, weak=all(trace.kind.named for trace in traces))


def _told(trace: Trace) -> str:
    return (
        f"{trace.kind}“{trace.name[0]}{MASK * min(len(trace.name) - 1, SHOWN)}”" if trace.name else trace.kind
    )


SHOWN = 8  # characters of a mask; longer ones would tell how long the name is
HINT = (
    "要提供下载，运行 make strip FILES=（这个文件），照它写出的改写“文件”和“sha256”，在“转录说明”里写明；没有装的，在 Word、WPS 里"
    "用“文件→信息→检查文档”全部删除，另存。不想提供下载的，不用改。"
)

RULE = Rule(
    id="PV-META",
    severity=WARNING,
    weak=INFO,
    basis=Basis.ARCHIVE,
    title="提供下载的原件里没有作者姓名、拍摄地点、批注和修订痕迹",
    reason=(
        "Word、PDF 文件的属性里大多留着经办人的姓名，照片里留着拍摄的地点。单位公布的是文件的内容，不是这些；"
        "档案再次公布，就让它们更容易被找到。"
    ),
    advice=(
        "有这些的原件，网站自动不提供下载，报告页只写文件名，给出原文网址；原件照样存在档案里，一个字节也不改。要提供下载，"
        "用 make strip 清理出另一份放进 source 文件夹，改写文件名和 sha256，在“转录说明”里写明；印出来的内容一点不动。看得见的是 docx、xlsx、doc、xls、jpg 的属性、"
        "批注、修订，和 PDF 里没有加密、没有压缩的作者；别的看不见。"
    ),
    check=check,
    waivable=False,
)
