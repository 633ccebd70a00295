"""DU-FILE: no two reports were taken from the same original file."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """By the checksums that the reports of the county give."""
    others = view.neighbours.same_original(view.report)
    if others:
        named = "、".join(
            f"{own.unit.name}{own.report.year}年度（{own.report.id}）" for own in others[:SHOWN]
        )
        more = f"等 {len(others)} 份" if len(others) > SHOWN else ""
        yield Problem(("来源", "sha256"), f"原件的 sha256 与别的报告相同：{named}{more}", HINT)


SHOWN = 3
HINT = "一个文件只能是一个单位一个年度的报告：找出哪一份录错了原件，换上它自己的原件和 sha256；没有原件就删去“文件”和“sha256”，写上网址；几份合印成一个文件的，在“确认”里写明是哪几页。"

RULE = Rule(
    id="DU-FILE",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="一个原件只用于一份报告",
    reason="两份报告的原件一个字节也不差，说明至少有一份录到了别的单位或年度名下。不同县的，用 nianbao copies 查。",
    advice="找出录错的那一份，换上它自己的原件。几个单位、几个年度合印成一个文件的，在每一份的“确认”里写明是哪几页。",
    check=check,
)
