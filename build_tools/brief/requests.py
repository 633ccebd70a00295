"""Who asked for information, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.brief.figures import Figures, Parts
from build_tools.brief.sums import ASKED, DONE, LEFT, OPEN
from build_tools.brief.words import OTHER, Said, count, counts, odds, percent
from build_tools.indicators import Number, indicators

FLOW = (ASKED, OPEN, DONE, LEFT)
OPENED = ("granted", "partial")
"""The results that give an applicant something."""

FEWEST = 5
"""No share is told of fewer requests."""


def received(figures: Figures, year: str) -> Iterator[Said]:
    """How many requests came, from whom, and how many were left over from the year before."""
    ids = (*FLOW, *figures.sums.results)
    if not any(id_ in figures.read for id_ in ids):
        return
    if figures.none(ids):
        what = "都是空白，报告没有说" if figures.blank(ids) else "都不是数，看不出"
        yield Said(f"各项总计{what}收到几件、怎样办的")
        return
    new, asked = figures.numbers.get(ASKED), figures.columns(ASKED)
    if new is not None or OPEN in figures.numbers:
        yield Said(_received(figures, year, new, asked))
    if odd := figures.odd((ASKED, OPEN)):
        yield Said(odds(odd))
    if new is not None and asked.contradict(new):
        told = f"收到的申请，总计印作{count(new)}，各类申请人相加是{count(asked.total)}"
        yield Said(told, (asked.rule,))


def _received(figures: Figures, year: str, new: Number | None, asked: Parts) -> str:
    open_ = figures.numbers.get(OPEN)
    if new == 0 and not open_:
        return f"{year}没有收到申请" + ("，也没有上年结转的" if open_ == 0 else "")
    came = f"{year}收到多少申请，报告没有写明"
    if new is not None:
        came = f"{year}收到申请{count(new)}{_whose(new, asked)}" if new else f"{year}没有收到新的申请"
    if open_ is None:
        return came
    return f"{came}；{f'上年结转{count(open_)}' if open_ else '上年没有结转'}"


def _whose(new: Number, asked: Parts) -> str:
    """From whom, where the kinds of applicants agree with the total."""
    kinds = asked.found(new)
    if len(kinds) != 1:
        return f"（{counts(kinds)}）" if kinds else ""
    label = kinds[0][0] if kinds[0][0] != OTHER else f"“{OTHER}”一类申请人"
    return f"，{'都' if new > 1 else ''}由{label}提出"


def handled(figures: Figures) -> Iterator[Said]:
    """How many were dealt with and how, and what is left for the next year."""
    done, left, results = figures.numbers.get(DONE), figures.numbers.get(LEFT), figures.results()
    remaining = f"{count(left)}结转下年" if left else ""
    if done is None:
        told = counts(results.numbers)
        parts = [f"办理结果里填了数的有{told}"] if told else []
    elif done:
        parts = [f"{_done(figures, done, left)}{_how(done, results)}{_share(figures, done)}"]
    else:
        parts = ["年内没有办结的"] if _pending(figures) or left else []
    if told := "；".join([*parts, *([remaining] if remaining else [])]):
        yield Said(told)
    if done is not None and results.contradict(done):
        told = f"办理结果的总计印作{count(done)}，各项结果相加是{count(results.total)}"
        yield Said(told, (results.rule,))


def _pending(figures: Figures) -> Number | None:
    """All there was to deal with, where it is known."""
    new, open_ = figures.numbers.get(ASKED), figures.numbers.get(OPEN)
    return new + open_ if new is not None and open_ is not None else None


def _done(figures: Figures, done: Number, left: Number | None) -> str:
    if _pending(figures) == done and not left:
        return f"{count(done)}全部办结" if done > 1 else f"{count(done)}已经办结"
    return f"办结{count(done)}"


def _how(done: Number, results: Parts) -> str:
    """The results that occur; where they do not make up the total, those that are known."""
    found = results.found(done)
    if len(found) == 1:
        return f"，{'都' if done > 1 else '结果'}是{found[0][0]}"
    told = counts(found or results.numbers)
    return f"：{told}" if told else ""


def _share(figures: Figures, done: Number) -> str:
    """The share of those that gave the applicant something, if there are enough of all, and others too."""
    opened = [(indicators()[id_].label, figures.numbers[id_]) for id_ in OPENED if figures.numbers.get(id_)]
    share = sum(value for _, value in opened)
    if done < FEWEST or not figures.results().found(done) or not 0 < share < done:
        return ""
    names = "和".join(label for label, _ in opened)
    return f"，{names}{'合' if len(opened) > 1 else ''}占{percent(share, done)}"


def faults(figures: Figures) -> Iterator[Said]:
    """Where both ends do not meet, and which results are no number."""
    numbers = figures.numbers
    if figures.sums.balance and all(id_ in numbers for id_ in FLOW):
        before, after = numbers[ASKED] + numbers[OPEN], numbers[DONE] + numbers[LEFT]
        if before != after:
            told = f"收到的加上年结转是{count(before)}，办结的加结转下年是{count(after)}，两头对不上"
            yield Said(told, (figures.sums.balance,))
    results = figures.sums.results
    if not figures.none((*FLOW, *results)) and (odd := figures.odd((*results, DONE, LEFT))):
        yield Said(odds(odd))
