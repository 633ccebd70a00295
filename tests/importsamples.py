"""Random report tables for the importer: what is printed in each cell, drawn as the official form draws it.

A sheet is what a page shows: rows of cells with spans, some of them figures with a name. What is done to a sheet before
it is written down (columns moved, a year beside it, rows that the form lacks) stands in tests/importodds.py, how it is
written down in tests/importlayouts.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from build_tools.form import Column, ColumnGroup, Form, Row, TableForm
from build_tools.forms import official
from build_tools.importing import Draft
from build_tools.model import Report, State
from build_tools.render.grid import Slot
from build_tools.render.tables import grid
from build_tools.search import help as search_help
from tests.synthetic_words import Dice

Key = tuple[str, str, str]
"""Table, row and column by their ids."""

Gold = dict[Key, str]
"""What is printed in each cell; empty is blank."""


@dataclass(frozen=True)
class C:
    """A cell of a sheet. `slot`: which figure stands here."""

    text: str
    wide: int = 1
    high: int = 1
    slot: Key | None = None
    head: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table as a page shows it; `stubs` columns of labels."""

    id: str
    rows: tuple[tuple[C, ...], ...]
    stubs: int
    width: int


@dataclass(frozen=True)
class Sample:
    """A report's title, its sections (heading, prose before its table, its table) and what its cells hold."""

    form: Form
    title: str
    intro: str
    parts: tuple[tuple[str, str, Sheet | None], ...]
    gold: Gold = field(default_factory=dict)

    def with_sheets(self, change: Mapping[str, Sheet]) -> Sample:
        """The same with other sheets."""
        parts = tuple((h, p, change.get(s.id, s) if s else None) for h, p, s in self.parts)
        return replace(self, parts=parts)

    def sheets(self) -> Iterator[Sheet]:
        """The tables."""
        return (sheet for _, _, sheet in self.parts if sheet)


PROFILES = ("nought", "small", "mixed", "large", "odd")


def sample(
    dice: Dice, *, form: str = "", profile: str = "", blanks: bool = False, noise: bool = True
) -> Sample:
    """A report; `blanks` leaves cells empty, `noise` prints labels as real reports do."""
    chosen = official()[form or dice.pick(("2019", "2021", "2021", "2019", "2014"))]
    profile = profile or dice.pick(PROFILES)
    gold: Gold = {}
    sheets = {}
    labels = Labels(dice, noise=noise)
    for table in chosen.tables.values():
        for row, line in table.lines.items():
            for column in line.columns:
                gold[table.id, row, column.id] = _value(dice, column, profile, blanks=blanks)
        sheets[table.id] = sheet(table, gold, labels)
    year = {"2014": 2016, "2019": 2020}.get(chosen.id, 2023)
    title = f"油车港镇{year}年度政府信息公开工作年度报告"
    parts = [
        (s.title, _prose(dice) if not s.table or dice.rare(3) else "", sheets.get(s.table))
        for s in chosen.sections
        if s.heading
    ] or [
        ("一、主动公开情况", _prose(dice), None),
        ("二、依申请公开情况", _prose(dice), None),
        ("三、政府信息公开情况统计表", "", sheets["stat"]),
    ]
    return Sample(chosen, title, _prose(dice), tuple(parts), gold)


_SENTENCES = (
    "全年主动公开政府信息{n}条，其中机构职能类{m}条、规划计划类{n}条。",
    "2020年，我镇共收到政府信息公开申请{n}件，均已按期答复。",
    "行政许可和行政处罚的信息及时公开，群众满意度有提高。",
    "一是加强领导，落实责任；二是健全制度，规范流程。",
    "规章、行政规范性文件、行政许可等内容在网站专栏公开，方便查询。",
    "无其他需要报告的事项。",
    "（一）主动公开情况。全年公开信息 {n} 条，解读 {m} 篇。",
)


def _prose(dice: Dice) -> str:
    lines = [
        "".join(
            dice.pick(_SENTENCES).format(n=dice.below(900), m=dice.below(90))
            for _ in range(1 + dice.below(3))
        )
        for _ in range(1 + dice.below(2))
    ]
    return "\n".join(lines)


def _value(dice: Dice, column: Column, profile: str, *, blanks: bool) -> str:
    if blanks and dice.rare(5):
        return ""
    if column.money and not dice.rare(3):
        return dice.pick(
            ("0", "12.5", "7730.28", "3189300元", "1646.5万元", "24252.311082", "0.0000", "103.3879", "8040")
        )
    if column.signed and dice.rare(2):
        return dice.pick(("+5", "-3", "+156", "-18", "0", "/", "--253", "+0"))
    if profile == "nought" or (profile == "mixed" and not dice.rare(3)):
        return "0"
    if profile == "odd" and dice.rare(6):
        return dice.pick(("/", "-", "—", "1,113", "+2", "无", "/", "０", "１２"))
    top = {"small": 30, "large": 4_000_000}.get(profile, 3000)
    return str(dice.skewed(top))


# --- sheets --------------------------------------------------------------------------------------------


def sheet(table: TableForm, gold: Mapping[Key, str], labels: Labels) -> Sheet:
    """The official table with its figures."""
    drawn = grid(table)
    rows = tuple(
        tuple(
            C(
                gold[table.id, cell.row, cell.column],
                cell.colspan,
                cell.rowspan,
                (table.id, cell.row, cell.column),
            )
            if isinstance(cell, Slot)
            else C(labels.printed(cell.label, table), cell.colspan, cell.rowspan, head=True)
            for cell in row
        )
        for part in drawn.parts
        for row in part.rows
    )
    return Sheet(table.id, rows, drawn.stubs, drawn.width)


@cache
def _variants(table: TableForm) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}

    def columns(all_: Iterable[Column | ColumnGroup]) -> None:
        for one in all_:
            if isinstance(one, ColumnGroup):
                columns(one.columns)
            else:
                # a heading cut short names two columns: the order of columns alone tells them apart
                found[one.label] = (*one.accepted, *(v for v in one.variants if len(v) > 3))

    def rows(all_: Iterable[Row]) -> None:
        for one in all_:
            found[one.label] = (*one.accepted, *one.variants)
            rows(one.rows)

    for block in table.blocks:
        columns(block.columns)
        rows(block.rows)
    return found


@cache
def _traditional() -> dict[int, Any]:
    return {ord(pair[1]): pair[0] for pair in reversed(search_help._pairs()) if pair[1] not in "后里只干面"}


_HALF: dict[int, Any] = str.maketrans("（）：，“”", '():,""')
_RADICALS: dict[int, Any] = str.maketrans("行一止人大", "⾏⼀⽌⼈⼤")
_WIDE: dict[int, Any] = str.maketrans("12345678.", "１２３４５６７８．")


class Labels:
    """How a report prints the form's labels: one habit for all, and variants here and there."""

    def __init__(self, dice: Dice, *, noise: bool) -> None:
        self.dice = dice
        self.noise = noise
        self.signs: dict[str, dict[int, Any]] = {
            "half": _HALF,
            "traditional": _traditional(),
            "radicals": _RADICALS,
            "wide": _WIDE,
        }
        self.habit = dice.pick(("", "", "half", "spaces", "traditional", "radicals", "wide", "comma"))

    def printed(self, label: str, table: TableForm) -> str:
        """The label as this report prints it."""
        if not self.noise:
            return label
        if self.dice.rare(6) and (others := _variants(table).get(label)):
            label = self.dice.pick(others)
        if self.habit == "spaces" and len(label) < 8 and self.dice.rare(3):
            return self.dice.pick((" ", "　", "\u00a0")).join(label)
        if self.habit == "comma":
            return re.sub(r"^(\d)\.", r"\1、", label)
        return label.translate(self.signs.get(self.habit, {}))


# --- what came of it -----------------------------------------------------------------------------------

_FIGURES = str.maketrans("０１２３４５６７８９", "0123456789")


def graded(gold: Mapping[Key, str], report: Report) -> tuple[Counter[str], list[tuple[Key, str | None, str]]]:
    """How many cells are right and refused, and those that are wrong: read otherwise, or not there at all."""
    count: Counter[str] = Counter()
    wrong: list[tuple[Key, str | None, str]] = []
    seen: set[Key] = set()
    for table in report.tables.values():
        for row, cells in table.rows.items():
            for column, cell in zip(table.form.lines[row].columns, cells, strict=True):
                at = (table.form.id, row, column.id)
                seen.add(at)
                if cell.state is State.MISSING:
                    count["refused"] += at in gold
                elif at in gold and cell.raw == gold[at].translate(_FIGURES):
                    count["right"] += 1
                else:
                    wrong.append((at, gold.get(at), cell.raw))
    count["refused"] += len(gold.keys() - seen)
    return count, wrong


def unnamed(draft: Draft) -> list[str]:
    """Rows with a lost cell that no doubt speaks of."""
    told = "\n".join(doubt.what for doubt in draft.doubts)
    whole = {doubt.what[:2] for doubt in draft.doubts if "「" not in doubt.what}
    return [
        line.row.label
        for table in draft.report.tables.values()
        for row, line in table.form.lines.items()
        if any(cell.state is State.MISSING for cell in table.rows[row])
        and f"{table.form.name}「{line.row.label}」" not in told
        and table.form.name[:2] not in whole
    ]


def lost_words(one: Sample, report: Report) -> list[str]:
    """Lines of prose that the report does not hold as they were, in the order in which they were."""
    text = re.sub(r"[\s\\#*]", "", "".join(section.heading + section.text for section in report.sections))
    lost: list[str] = []
    at = 0
    for line in (line for prose in (one.intro, *(p for _, p, _ in one.parts)) for line in prose.split("\n")):
        bare = re.sub(r"\s", "", line)
        found = text.find(bare, at)
        if found < 0:
            lost.append(line)
        else:
            at = found + len(bare)
    return lost
