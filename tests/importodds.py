"""What reports do to the official tables before anybody copies them: each takes a sample and gives another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.importsamples import C, Labels, Sample, Sheet, sample, sheet
from tests.synthetic_words import Dice

_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")

Odd = Callable[[Sample, Dice], Sample]


def _each(change: Callable[[Sheet, Dice], Sheet]) -> Odd:
    def odd(one: Sample, dice: Dice) -> Sample:
        return one.with_sheets({s.id: change(s, dice) for s in one.sheets()})

    return odd


def _heads(s: Sheet) -> int:
    return next((i for i, row in enumerate(s.rows) if any(c.slot for c in row)), 0)


def _grid(s: Sheet) -> bool:
    """Whether the sheet is one of rows below one set of headings."""
    return s.stubs > 0 and s.width == s.stubs + 7


def swapped_columns(s: Sheet, dice: Dice) -> Sheet:
    """Two columns of one level change places, headings and all."""
    if not _grid(s):
        return s
    a, b = (0, 1) if dice.rare(2) else (2, 3)
    rows = []
    for row in s.rows:
        cells = list(row)
        slots = [i for i, c in enumerate(cells) if c.slot]
        if len(slots) == 7:
            i, j = slots[a + 1], slots[b + 1]
        elif len(cells) == 5 and all(c.head for c in cells):
            i, j = a, b
        else:
            rows.append(row)
            continue
        cells[i], cells[j] = cells[j], cells[i]
        rows.append(tuple(cells))
    return replace(s, rows=tuple(rows))


def headless(s: Sheet, _: Dice) -> Sheet:
    """No headings of columns at all."""
    return replace(s, rows=s.rows[_heads(s) :]) if _grid(s) else s


def rows_moved(s: Sheet, dice: Dice) -> Sheet:
    """Two rows change places; their labels go with them."""
    plain = [
        i for i, row in enumerate(s.rows) if any(c.slot for c in row) and len([c for c in row if c.head]) == 1
    ]
    if not _grid(s) or len(plain) < 4:
        return s
    rows = list(s.rows)
    i = dice.pick(plain[2:-1])
    j = plain[plain.index(i) + 1]
    if j == i + 1 and all(c.high == 1 for c in (*rows[i], *rows[j])) and rows[i][0].wide == rows[j][0].wide:
        rows[i], rows[j] = rows[j], rows[i]
    return replace(s, rows=tuple(rows))


def notes_inside(s: Sheet, dice: Dice) -> Sheet:
    """A sentence over the whole width between two rows."""
    at = _heads(s) + 1 + dice.below(max(len(s.rows) - _heads(s) - 1, 1))
    note = dice.pick(
        ("注：以上数据含下属单位。", "说明：2020年数据以财政部门审核的12.5万元为准，与上年相同。")
    )
    if any(c.high > 1 for row in s.rows[_heads(s) : at] for c in row):
        at = len(s.rows)
    return replace(s, rows=(*s.rows[:at], (C(note, s.width, head=True),), *s.rows[at:]))


def rows_more(s: Sheet, dice: Dice) -> Sheet:
    """Rows that the form lacks: a subtotal, a kind of documents, a unit's own figures."""
    if s.stubs == 0:
        return s
    at = len(s.rows)
    figures = [str(dice.below(900)) for _ in range(s.width - s.stubs)]
    name = dice.pick(("其中：网上申请", "其他主动公开文件", "小计", "不予公开合计", "合计", "其中行政许可"))
    row = (C(name, s.stubs, head=True), *(C(f) for f in figures))
    if dice.rare(2) and _heads(s) + 1 < at and not any(c.high > 1 for c in s.rows[_heads(s)]):
        at = _heads(s) + 1
    return replace(s, rows=(*s.rows[:at], row, *s.rows[at:]))


def group_totals(s: Sheet, dice: Dice) -> Sheet:
    """A row for each group that says its sum, before its rows."""
    if not _grid(s):
        return s
    rows = []
    for row in s.rows:
        groups = [c for c in row if c.head and c.high > 1 and "（三）" in c.text]
        if groups and any(c.slot for c in row):
            rows.append(
                (C(groups[0].text, s.stubs, head=True), *(C(str(dice.below(9000))) for _ in range(7)))
            )
        rows.append(row)
    # the label beside it reaches one row further
    return (
        replace(s, rows=tuple(rows))
        if len(rows) == len(s.rows)
        else replace(
            s,
            rows=tuple(tuple(replace(c, high=c.high + 1) if c.high > 15 else c for c in row) for row in rows),
        )
    )


def numbered(s: Sheet, _: Dice) -> Sheet:
    """A column of numbers before the labels."""
    if s.stubs == 0:
        return s
    heads = _heads(s)
    rows = [
        (
            (
                C("序号", 1, 1, head=True)
                if i == heads - 1
                else C(str(i - heads + 1) if i >= heads else "", head=True)
            ),
            *row,
        )
        for i, row in enumerate(s.rows)
    ]
    return replace(s, rows=tuple(rows), stubs=s.stubs + 1, width=s.width + 1)


def shares(s: Sheet, dice: Dice) -> Sheet:
    """A column of percentages, or of last year's totals, behind the figures."""
    if s.stubs == 0:
        return s
    heads = _heads(s)
    what = dice.pick(("占比", "同比增减", "上年数", "备注"))
    value = {"占比": "12.5%", "同比增减": "+3", "上年数": "17", "备注": ""}[what]
    rows = []
    for i, row in enumerate(s.rows):
        figures = any(c.slot for c in row)
        text = value if figures else what if i == heads - 1 else ""
        rows.append((*row, C(text, head=not figures)))
    return replace(s, rows=tuple(rows), width=s.width + 1)


def shares_between(s: Sheet, dice: Dice) -> Sheet:
    """Behind every figure its share, headings over both."""
    if not _grid(s):
        return s
    heads = _heads(s)
    rows = []
    for i, row in enumerate(s.rows):
        cells: list[C] = []
        for c in row:
            if c.slot:
                cells += [c, C(f"{dice.below(100)}%")]
            elif i < heads and c.wide != s.stubs:
                cells.append(replace(c, wide=c.wide * 2))
            else:
                cells.append(c)
        rows.append(tuple(cells))
    return replace(s, rows=tuple(rows), width=s.stubs + 14)


def last_year_beside(s: Sheet, dice: Dice) -> Sheet:
    """Every column twice, 上年 and 本年, in either order."""
    if s.stubs in {0, s.width}:
        return s
    heads = _heads(s)
    names = ("上年", "本年") if dice.rare(2) else ("本年", "上年")
    mine = names.index("本年")
    rows = []
    for i, row in enumerate(s.rows):
        cells: list[C] = []
        for c in row:
            if c.slot:
                other = C(str(dice.below(9000)), c.wide)
                cells += [other, c] if mine else [c, other]
            elif i < heads and any(d.slot for d in s.rows[heads]) and c is not row[0]:
                cells.append(replace(c, wide=c.wide * 2))
            else:
                cells.append(c)
        rows.append(tuple(cells))
    width = s.stubs + 2 * (s.width - s.stubs)
    line = tuple(C(name, head=True) for _ in range(s.width - s.stubs) for name in names)
    rows.insert(heads, (C("", s.stubs, head=True), *line))
    return replace(s, rows=tuple(rows), width=width)


def last_year_beside_whole(s: Sheet, dice: Dice) -> Sheet:
    """Last year's seven columns before or behind this year's."""
    if not _grid(s):
        return s
    heads = _heads(s)
    before = dice.rare(2)
    rows = []
    for i, row in enumerate(s.rows):
        stub = (
            [c for c in row if c.head and not (i < heads and c is not row[0])] if i >= heads or i == 0 else []
        )
        rest = [c for c in row if not any(c is d for d in stub)]
        other = [C(str(dice.below(9000))) if c.slot else c for c in rest]
        rows.append((*stub, *other, *rest) if before else (*stub, *rest, *other))
    names = ("2019年", "2020年") if before else ("2020年", "2019年")
    first = (replace(rows[0][0], high=heads + 1), *(C(name, 7, head=True) for name in names))
    rows = [first, (*rows[0][1:],), *rows[1:]]
    return replace(s, rows=tuple(rows), width=s.stubs + 14)


def total_more(s: Sheet, dice: Dice) -> Sheet:
    """A column 合计 before the figures."""
    if not _grid(s):
        return s
    heads = _heads(s)
    rows = []
    for i, row in enumerate(s.rows):
        n = next((k for k, c in enumerate(row) if c.slot), 1 if i == 0 else 0)
        text = str(dice.below(9000)) if i >= heads else "合计" if i == heads - 1 else ""
        rows.append((*row[:n], C(text), *row[n:]))
    return replace(s, rows=tuple(rows), width=s.width + 1)


def doubled(one: Sample, dice: Dice) -> Sample:
    """Every table twice; the second time with last year's figures, or the same."""
    same = dice.rare(3)
    other = _other(one, dice)
    parts = []
    for heading, prose, s in one.parts:
        parts.append((heading, prose, s))
        if s:
            parts.append(("附：上年情况", "", s if same else next(x for x in other.sheets() if x.id == s.id)))
    return replace(one, parts=tuple(parts), gold=one.gold if same else _agreed(one, other))


def two_reports(one: Sample, dice: Dice) -> Sample:
    """The report of another unit behind it."""
    other = _other(one, dice)
    again = ("北关镇2020年度政府信息公开工作年度报告", "", None)
    return replace(one, parts=(*one.parts, again, *other.parts), gold=_agreed(one, other))


def _other(one: Sample, dice: Dice) -> Sample:
    return sample(dice, form=one.form.id, profile="mixed", noise=False)


def _agreed(one: Sample, other: Sample) -> dict[tuple[str, str, str], str]:
    """What both say; where they differ nothing may be read."""
    return {k: v for k, v in one.gold.items() if other.gold[k].translate(_WIDE) == v.translate(_WIDE)}


def mixed_forms(one: Sample, dice: Dice) -> Sample:
    """A table of another year's form."""
    if one.form.id == "2014":
        return one
    other = sample(dice, form="2021" if one.form.id == "2019" else "2019", profile="mixed", noise=False)
    which = dice.pick(("t2", "t3"))
    theirs = next(s for s in other.sheets() if s.id == which)
    gold = {k: v for k, v in one.gold.items() if k[0] != which} | {
        k: v for k, v in other.gold.items() if k[0] == which
    }
    return replace(one.with_sheets({which: theirs}), gold=gold)


def rows_gone(s: Sheet, dice: Dice) -> Sheet:
    """A row left out."""
    at = [i for i, row in enumerate(s.rows) if any(c.slot for c in row) and all(c.high == 1 for c in row)]
    if not _grid(s) or not at:
        return s
    i = dice.pick(at[:2] or at)
    return replace(s, rows=(*s.rows[:i], *s.rows[i + 1 :]))


def rows_again(s: Sheet, _: Dice) -> Sheet:
    """A page's headings again in the middle."""
    if not _grid(s):
        return s
    heads = _heads(s)
    rows = [*s.rows[: heads + 2], *s.rows[:heads], *s.rows[heads + 2 :]]
    return (
        replace(s, rows=tuple(rows))
        if not any(c.high > 1 for r in s.rows[heads : heads + 2] for c in r)
        else s
    )


def page_numbers(s: Sheet, dice: Dice) -> Sheet:
    """A page number between two rows."""
    if not _grid(s):
        return s
    at = _heads(s) + 2
    row = (C(dice.pick(("- 3 -", "3", "第3页", "— 12 —", "3/8")), s.width, head=True),)
    return replace(s, rows=(*s.rows[:at], row, *s.rows[at:]))


def units_inside(s: Sheet, dice: Dice) -> Sheet:
    """Figures with their unit behind them."""
    rows = tuple(
        tuple(
            replace(c, text=f"{c.text}件") if c.slot and c.text.isdigit() and dice.rare(4) else c for c in row
        )
        for row in s.rows
    )
    return replace(s, rows=rows)


def odd_units(one: Sample, dice: Dice) -> Sample:
    """Figures with 件 behind them."""
    changed = one.with_sheets({s.id: units_inside(s, dice) for s in one.sheets()})
    gold = {c.slot: c.text for s in changed.sheets() for row in s.rows for c in row if c.slot}
    return replace(changed, gold=gold)


ODDS: Mapping[str, Odd] = {
    **{
        f.__name__: _each(f)
        for f in (
            *(swapped_columns, headless, rows_moved, notes_inside, rows_more, group_totals, numbered, shares),
            *(shares_between, last_year_beside, last_year_beside_whole, total_more, rows_gone, rows_again),
            page_numbers,
        )
    },
    **{f.__name__: f for f in (doubled, two_reports, mixed_forms, odd_units)},
}
__all__ = ["ODDS", "Labels", "sheet"]
