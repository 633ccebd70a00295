"""VAL-ZERO-WORD: nought is written as the digit 0."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.aids.spots import named, with_figure
from build_tools.rules.rule import INFO, Basis, Outcome, Rule


def check(subject: Subject) -> Iterator[Outcome]:
    """Figures that hold no digit at all."""
    for table in subject.report.tables.values():
        words = [s for s in with_figure(table) if not any(map(str.isdecimal, s.cell.raw))]
        if words:
            raws = "”“".join(dict.fromkeys(s.cell.raw for s in words))
            message = f"{table.form.name}有 {len(words)} 格把 0 写成了“{raws}”：{named(table, words)}"
            hint = "抄录或识别时写错的改成 0；原件就是这样印的，在“确认”里写明即可。"
            yield Problem((table.form.key,), message, hint)


RULE = Rule(
    id="VAL-ZERO-WORD",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="零写成数字 0",
    reason="有的表里零写成“零”“〇”或者字母 O。档案按0计算，原样保留。",
    advice="是抄录或识别时写错的，改成 0；原件就是这样印的，照录，在“确认”里写明即可。",
    check=check,
)
