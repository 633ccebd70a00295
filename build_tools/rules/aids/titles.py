"""Which unit a title names: 民权县北关镇人民政府2021年政府信息公开工作年度报告 -> 民权县北关镇人民政府."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from build_tools.model import Division
from build_tools.rules.aids.words import tight
from build_tools.rules.view import View

# 人民政府信息公开 says 政府 once for two; the unit's own 政府 then goes with it.
_MATTER = re.compile(r"(?:人民)?政府信息公开|政务信息公开|政务公开|信息公开")
# 2022年度假区 is the 度假区 of 2022.
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:度(?!假))?|二[〇○零O0][〇○零O0一二三四五六七八九]{2}年(?:度(?!假))?")
_MARKS = "《》〈〉“”\"'()[]【】的,:;.-—_"
_KIND_WORDS = re.compile(r"(?:壮族|回族|维吾尔)?自治[区州县旗]|特别行政区|地区|林区|[省市州盟县区旗]")
_SHORTEST = 2


def titled_unit(title: str) -> str:
    """The unit as the title prints it; empty where it names none or is no title of such a report."""
    text = tight(unicodedata.normalize("NFKC", title))
    match = _MATTER.search(text)
    if match is None:
        return ""
    head = _YEAR.sub("", text[: match.start()]).strip(_MARKS)
    return head.removeprefix("关于").removesuffix("关于").strip(_MARKS)


def is_called(view: View, printed: str) -> bool:
    """Whether `printed` is a name of the unit, with or without its kind's suffix and the places above it."""
    names = tuple(view.unit.names())
    if printed in names:
        return True
    core = _core(view, printed)
    return any(core == _core(view, name) for name in names)


def _core(view: View, name: str) -> str:
    unit = view.unit
    above = [d for d in view.divisions if d.code.ljust(6, "0") != unit.id]
    text = _without_suffix(name, unit.kind.suffixes)
    rest, passed = _without_places(text, above)
    # 嘉兴市财政局 is not 秀洲区财政局: a department belongs to the lowest place in front of it.
    foreign = "-" in unit.id and rest != text and passed is not above[-1]
    return text if foreign else rest


def _without_suffix(name: str, suffixes: Iterable[str]) -> str:
    for suffix in suffixes:
        if name.endswith(suffix) and len(name) - len(suffix) >= _SHORTEST:
            return name.removesuffix(suffix)
    return name


def _without_places(text: str, places: Iterable[Division]) -> tuple[str, Division | None]:
    last = None
    for place in places:
        for spelling in _spellings(place.name):
            rest = text.removeprefix(spelling).removeprefix("人民政府")
            if text.startswith(spelling) and len(rest) >= _SHORTEST:
                text, last = rest, place
                break
    return text, last


@cache
def _spellings(name: str) -> tuple[str, ...]:
    """How a place is written in front of others: 耿马傣族佤族自治县, 耿马县, 耿马; the longest first."""
    stem = _KIND_WORDS.sub("", name[_SHORTEST:])
    stems = {name[:_SHORTEST] + stem, *([name[:_SHORTEST]] if "自治" in name else [])}
    found = {name} | {stem + word for stem in stems for word in ("", *"省市州盟县区旗")}
    return tuple(sorted(found, key=lambda spelling: (-len(spelling), spelling)))
