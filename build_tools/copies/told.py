"""Pairs of like reports -> text for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType

from build_tools.copies.nation import Found
from build_tools.copies.reread import Pair, Side
from build_tools.diagnostics.glyphs import safe
from build_tools.export.lines import guarded

_COLUMNS = (
    *("发现", "相似", "单位", "编号", "年度", "文件", "部分"),
    *("另一单位", "另一编号", "另一年度", "另一文件", "另一部分", "最长一段字数", "最长一段"),
)


def text(found: Found) -> str:
    """The pairs one after the other, each with both reports and the passage; then how many there are."""
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Found) -> Iterator[str]:
    for pair in found.pairs:
        yield f"{_what(pair)}：{_named(pair.here)}"
        yield f"{'与' if pair.degree else '和'}：{_named(pair.there)}"
        if pair.length:
            yield f"  最长的一段有 {pair.length} 个字：“{safe(pair.passage)}”"
        yield ""
    same = sum(pair.degree is None for pair in found.pairs)
    yield f"比了 {found.compared} 份年报：正文雷同 {len(found.pairs) - same} 对，原件相同 {same} 对。{_left(found)}"
    if found.pairs:
        yield "怎么办：对照两份原件。录错了单位、年度或者原件的，改正；原件就是这样的，照录。"


def _left(found: Found) -> str:
    short = f"另有 {found.short} 份自己的话太少，没有比。" if found.short else ""
    unread = f"{found.unread} 份读不通，没有比，用 nianbao check 看是什么问题。" if found.unread else ""
    return short + unread


def _what(pair: Pair) -> str:
    return "原件相同" if pair.degree is None else f"雷同 {int(100 * pair.degree)}%"


def _named(side: Side) -> str:
    part = f"，{side.part}" if side.part else ""
    return safe(f"{side.name} {side.year}年度（{side.file}{part}）")


def json_list(found: Found) -> str:
    """A list of pairs: `similarity` is null for the same original."""
    pairs = [
        {
            "similarity": None if pair.degree is None else round(pair.degree, 4),
            "length": pair.length,
            "passage": pair.passage,
            "here": asdict(pair.here),
            "there": asdict(pair.there),
        }
        for pair in found.pairs
    ]
    return json.dumps(pairs, ensure_ascii=False, indent=2) + "\n"


def csv_rows(found: Found) -> str:
    """A table that spreadsheets open as it is: told to be UTF-8, and no cell a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for pair in found.pairs:
        what = "原件相同" if pair.degree is None else "正文雷同"
        degree = "" if pair.degree is None else f"{pair.degree:.4f}"
        row = (what, degree, *_cells(pair.here), *_cells(pair.there), str(pair.length or ""), pair.passage)
        writer.writerow(map(guarded, row))
    return f"\ufeff{out.getvalue()}"


def _cells(side: Side) -> tuple[str, ...]:
    return (side.name, side.unit, str(side.year), side.file, side.part)


FORMATS: Mapping[str, Callable[[Found], str]] = MappingProxyType(
    {"text": text, "json": json_list, "csv": csv_rows}
)
"""By name what writes it."""
