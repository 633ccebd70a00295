"""A review -> headings, sentences, lists and tables, in plain words. What they look like is others' business."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from build_tools.diagnostics.glyphs import WORDS
from build_tools.finding import Finding, Severity
from build_tools.history import CellChange, Kind, Unread, Value
from build_tools.history.compare import SECTION
from build_tools.review.values import Amount, Review, Reviewed

CELLS, REPORTS, LISTED, FINDINGS = 40, 30, 60, 50
"""How many cells of a report, reports in full, lines of a list and findings are shown; the rest is counted."""

LONGEST = 60
"""Characters of what stands in a cell that are shown."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; of level 1 there is one."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, of steps that follow each other where `numbered`."""

    texts: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a row of headings."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A table of findings."""

    findings: Sequence[Finding]


Block = Heading | Said | Items | Grid | Found


def told(review: Review) -> Iterator[Block]:
    """The review in words: first what is to be done, then what was done, the gravest first."""
    yield Heading("年报改动一览", 1)
    yield Said(_sum(review))
    yield Heading("接下来")
    yield Items(list(_next(review)), numbered=True)
    yield from _findings("新的问题", [f for f in review.found if not _across(f)])
    yield from _findings("同上一年比，要核对的", [f for f in review.found if _across(f)])
    yield from _listed("新增的报告", [_line(one) for one in review.of(Kind.ADDED)])
    yield from _changes(review.of(Kind.CHANGED))
    yield from _listed("删去的报告", [_line(one) for one in review.of(Kind.REMOVED)])
    yield from _listed("只是重新排过的报告", [_line(one) for one in review.of(Kind.LAYOUT)])
    yield from _listed("别的文件", [f"reports/{file}" for file in review.others])


def _across(finding: Finding) -> bool:
    """Whether it speaks of two years: the family of a rule is the beginning of its id."""
    return finding.rule.startswith("XY-")


def _sum(review: Review) -> str:
    kinds = {"新增": Kind.ADDED, "改动": Kind.CHANGED, "删去": Kind.REMOVED, "只重排": Kind.LAYOUT}
    counts = "，".join(f"{word} {len(review.of(kind))} 份" for word, kind in kinds.items() if review.of(kind))
    new = "、".join(f"{word} {review.count(s)} 处" for s, word in WORDS.items() if review.count(s))
    gone = f"原有的问题少了 {review.gone} 处。" if review.gone else ""
    return (
        f"同 {review.name}（{review.base[:10]}）比：{counts or '没有改动年报'}。"
        f"{f'新的{new}。' if new else '没有新的问题。'}{gone}"
    )


def _next(review: Review) -> Iterator[str]:
    if review.blocks:
        yield "有新的错误，改好才能合并。逐条照“怎么办”改，再提交一次，这里会重新核对。"
    if review.count(Severity.WARNING) or any(f.severity is Severity.ERROR for f in review.found):
        yield "对照原件看：抄错了就改；原件就是这样印的，保留原数，在文件末尾的“确认”里写明理由。"
    if untidy := [one for one in review.reports if one.untidy]:
        yield f"有 {len(untidy)} 份没有排整齐：运行 make fmt，再提交。不会运行的，请编辑代劳。"
    if review.of(Kind.REMOVED):
        yield "删去了报告：应当撤下的，在 reports/withdrawn.csv 里写明日期和理由；移走的写进 reports/moved.csv。"
    if review.sheets:
        yield f"{'、'.join(review.sheets)} 关系到全部报告，这里只核对了改动所在的县。合并前运行 make check。"
    if review.reports:
        yield "请另一个人对照原件看一遍下面的改动，没有问题就合并。"
    elif not review.others:
        yield "没有改动 reports 里的文件，这里没有要看的。"
    else:
        yield "看一遍下面的文件，没有问题就合并。"


def _findings(title: str, findings: Sequence[Finding]) -> Iterator[Block]:
    if findings:
        yield Heading(f"{title}（{len(findings)}）")
        yield Found([replace(finding, file=f"reports/{finding.file}") for finding in findings[:FINDINGS]])
        yield from _left(len(findings) - FINDINGS, "处")


def _listed(title: str, texts: Sequence[str]) -> Iterator[Block]:
    if texts:
        yield Heading(f"{title}（{len(texts)}）")
        yield Items(texts[:LISTED])
        yield from _left(len(texts) - LISTED, "项")


def _left(count: int, what: str) -> Iterator[Block]:
    if count > 0:
        yield Said(f"另有 {count} {what}没有列出。")


def _line(one: Reviewed) -> str:
    since = f"。同上年比：{one.since}" if one.since and one.kind is Kind.ADDED else ""
    return f"{one.name} {one.year}年度，reports/{one.file}{since}"


def _changes(reports: Sequence[Reviewed]) -> Iterator[Block]:
    if reports:
        yield Heading(f"改动的报告（{len(reports)}）")
    for one in reports[:REPORTS]:
        yield from _report(one)
    yield from _left(len(reports) - REPORTS, "份")


def _report(one: Reviewed) -> Iterator[Block]:
    cells, difference = one.difference.cells, one.difference
    yield Heading(f"{one.name} {one.year}年度", 3)
    yield Said(f"reports/{one.file}")
    if cells:
        yield Grid(("位置", "原来", "现在"), [_cell(cell) for cell in cells[:CELLS]])
        yield from _left(len(cells) - CELLS, "格")
    if lines := [*_unread(difference.unread), *_beside(one)]:
        yield Items(lines)
    if cells and one.since:
        yield Said(f"同上年比：{one.since}。")


def _cell(cell: CellChange) -> tuple[str, str, str]:
    return (cell.where, _value(cell.old), _value(cell.new))


def _value(value: Value | None) -> str:
    if value is None:
        return "（格式里没有这一格）"
    return {"blank": "空白", "missing": "缺"}.get(value.state, "") or short(value.raw)


def short(raw: str) -> str:
    """What is printed, as far as it is shown; how much there is in all where it is cut."""
    return raw if len(raw) <= LONGEST else f"{raw[:LONGEST]}……（共 {len(raw)} 字）"


def _unread(unread: Iterable[Unread]) -> list[str]:
    return [{Unread.OLD: "改之前的一版读不出来", Unread.NEW: "改成的这一版读不出来"}[one] for one in unread]


def _beside(one: Reviewed) -> Iterator[str]:
    names = [part.name for part in one.difference.parts if not part.id.startswith(SECTION)]
    if names:
        yield f"也改了：{'、'.join(names)}"
    yield from (f"正文“{short(amount.name)}”：{_amount(amount)}" for amount in one.prose)


def _amount(amount: Amount) -> str:
    counts = {"改": amount.changed, "增": amount.added, "删": amount.removed}
    done = "、".join(f"{word} {count} 段" for word, count in counts.items() if count) or "段落的次序不同了"
    return f"{done}，{amount.before} 字变 {amount.after} 字"
