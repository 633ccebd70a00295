"""VAL-ZERO-WORD: nought is written as the digit 0."""

from collections.abc import Iterator

from build_tools.finding import Problem
from build_tools.rules.aids.spots import named
from build_tools.rules.rule import INFO, Basis, Outcome, Rule
from build_tools.rules.view import View


def check(view: View) -> Iterator[Outcome]:
    """Figures that hold no digit at all."""
    for sheet in view.sheets.values():
        table, words = sheet.table, [s for s in sheet.figures if _wordy(s.cell.raw)]
        if words:
            raws = "”“".join(dict.fromkeys(s.cell.raw for s in words))
            message = f"{table.form.name}有 {len(words)} 格把 0 写成了“{raws}”：{named(table, words)}"
            hint = "抄录或识别时写错的改成 0；原件就是这样印的，在“确认”里写明即可。"
            yield Problem((table.form.key,), message, hint)


def _wordy(raw: str) -> bool:
    return not raw.isdecimal() and not any(map(str.isdecimal, raw))


RULE = Rule(
    id="VAL-ZERO-WORD",
    severity=INFO,
    basis=Basis.PLAUSIBLE,
    title="零写成数字 0",
    reason="有的表里零写成“零”“〇”或者字母 O。档案按0计算，原样保留。",
    advice="是抄录或识别时写错的，改成 0；原件就是这样印的，照录，在“确认”里写明即可。",
    check=check,
)
