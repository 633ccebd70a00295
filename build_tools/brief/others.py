"""What came before a reviewing body or a court, and what was made public without being asked."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.brief.figures import Figures
from build_tools.brief.words import Said, count, counts, listed, odds
from build_tools.indicators import indicators

CASES = ("reviews", "suits")
DECISIONS = ("licensing", "penalties", "coercion")
MADE, VALID, FEES = "normative_made", "normative_valid", "fees"
DISCLOSED = (MADE, VALID, *DECISIONS, FEES)


def disputes(figures: Figures) -> Iterator[Said]:
    """Reviews and suits about disclosure, and how they ended."""
    if figures.none(CASES):
        if any(id_ in figures.read for id_ in CASES):
            yield Said(_nothing_told(figures, CASES))
        return
    if all(figures.numbers.get(id_) == 0 for id_ in CASES):
        yield Said("没有因政府信息公开引起的行政复议和行政诉讼")
    else:
        told = [_cases(figures, id_) for id_ in CASES if id_ in figures.numbers]
        yield Said("，".join(told))
    for id_ in CASES:
        parts = figures.columns(id_)
        if id_ in figures.numbers and parts.contradict(figures.numbers[id_]):
            label, total = indicators()[id_].label, figures.numbers[id_]
            yield Said(f"{label}的总计印作{count(total)}，各项结果相加是{count(parts.total)}", (parts.rule,))
    if odd := figures.odd(CASES):
        yield Said(odds(odd))


def _cases(figures: Figures, id_: str) -> str:
    label, number, parts = indicators()[id_].label, figures.numbers[id_], figures.columns(id_)
    if not number:
        return f"没有{label}"
    found = counts(parts.found(number))
    return f"{label}{count(number)}{f'（{found}）' if found else ''}"


def disclosed(figures: Figures) -> Iterator[Said]:
    """Documents of general force, decisions, fees."""
    if not any(id_ in figures.read for id_ in DISCLOSED):
        return
    if figures.none(DISCLOSED):
        yield Said(_nothing_told(figures, DISCLOSED))
        return
    if documents := _documents(figures):
        yield Said(documents)
    if decisions := _decisions(figures):
        yield Said(decisions)
    if FEES in figures.numbers:
        fees, one = figures.numbers[FEES], indicators()[FEES]
        yield Said(f"{one.label}{count(fees, one.unit)}" if fees else f"没有收取{one.label}")
    if odd := figures.odd(DISCLOSED):
        yield Said(odds(odd))


def _documents(figures: Figures) -> str:
    made, valid = figures.numbers.get(MADE), figures.numbers.get(VALID)
    if made is None:
        return "" if valid is None else f"现行有效的规范性文件{count(valid)}"
    told = f"制发规范性文件{count(made)}" if made else "没有制发规范性文件"
    if valid is None:
        return told
    if valid:
        return f"{told}，现行有效的有{count(valid)}"
    return f"{told}，{'' if made else '也'}没有现行有效的"


def _decisions(figures: Figures) -> str:
    numbers = {indicators()[id_].label: figures.numbers[id_] for id_ in DECISIONS if id_ in figures.numbers}
    made = counts(numbers.items())
    none = listed([label for label, number in numbers.items() if not number])
    if not made:
        return f"没有作出{none}" if none else ""
    return f"作出{made}" + (f"，没有{none}" if none else "")


def _nothing_told(figures: Figures, ids: tuple[str, ...]) -> str:
    return "各项总计都是空白" if figures.blank(ids) else "各项总计都不是数"
