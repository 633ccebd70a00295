"""Names of places in prose that are not places of the unit's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from build_tools.archive import COUNTY
from build_tools.gazetteer import LONGEST, SHORTEST, gazetteer
from build_tools.rules.view import Text, View

_ENDS = re.compile(
    "街道(?!两)|镇(?![痛定静压区级])|乡(?![村镇风愁土亲贤情音])|县(?![域级])|区(?![域块间别划位级])|市(?![场民值级])"
)
_TITLE = re.compile(
    "《[^《》\n]{1,80}》|〔[0-9]{4}〕|[（(][^（）()\n]{0,40}(?:公司|地址)[^（）()\n]{0,40}[)）]"
)
_OFFICES = "人民政府|政府|[县区市]?委|党委|党工委|办事处|管委会|党政|机关|门户|网站|信息公开|政务|办公室|[\u4e00-\u9fff]{1,4}局|各级|系统|实际|经济社会|辖区"
_ACTS = (
    "高度重视|认真|严格|积极|不断|进一步|持续|坚持|扎实|主动公开|成立|加强|结合|将|始终|共(?=[主公收向发受完制办])|累计|全面|没有|未(?=[收发出能接有建公])|多次|受理|收到|接收|办理|完成|制定|明确|公开|发布"
    "|通过|按照|根据|围绕|依托|设立|组织|开展|推进|落实|完善|及时|以|在|对|全年|今年|[ ]?20[0-9]{2}[ ]?年"
)
_OURS = re.compile(f"{_OFFICES}|{_ACTS}|[^，,。；;、\n]{{2,20}}(?:目录|清单|指南)")
"""What stands behind the name of the place that a report is on: what it has, or what it did."""
_LEADS = re.compile("(?:^|[^\u4e00-\u9fff、]|[条件次个]、|年度?|[在由按据照过实结合托进动升善强成布为和])$")
"""What such a name follows: the beginning of a clause, or words of doing something there or by it."""
_TOWARDS = re.compile(
    "对口|支援|帮扶|协作|合作|学习|考察|参观|借鉴|交流|来自|赴|邻|毗|原(?![则因来有本理])|案件|一案|告知|转送|移送|转办|应当?由|属于"
)
"""What leads from the unit to somewhere else; stands before the name."""
_ELSEWHERE = re.compile(
    "经验|做法|户籍(?!管理|制度)|籍贯|居住|公司|企业|法院|检察|大学|铁路|高速|公路|一案|来[我访函电]|派员|联合|结对|共建|协作|合作|交界|[同均]为|等地"
)
"""What makes the name one of somewhere else; stands behind it."""
_REACH, _BACK = 14, 40
_CLAUSE = "，,。；;\n"
_COMMON = frozenset(
    ("新城区", "城中区", "城东区", "城西区", "城北区", "市中区", "开发区", "老城区", "江北新区", "城关区", "工业区",
     "经济开发区", "高新区", "新市区", "东城区", "西城区", "城区街道", "市区街道", "中心区", "小城镇")
)  # fmt: skip
"""Names of places that are words as well."""
_DOES = "权责|政府|人民政府|党委|信息公开|政务|辖区|全镇|实际|[ ]?20[0-9]{2}[ ]?年"
_TOWN = re.compile(f"镇(?=({_DOES})|(?:{_ACTS}))(?<=[\u4e00-\u9fff]{{3}})")
_BEHIND = re.compile("(?:公开|在|由|向|按照|根据|公布|形成|结合)$")
_BEGINS = re.compile(
    "(?:^|[^\u4e00-\u9fff、])((?!督促|推动|推进|指导|要求|确保|促进|组织|帮助|支持|协助)[\u4e00-\u9fff]{2,3}镇)$"
)
_OF_YEAR = re.compile("[0-9][ ]?年(?:度)?[，,]?([\u4e00-\u9fff]{2,3}镇)$")
"""A name of its own: it begins a clause."""
_BEFORE = frozenset("我全本各该、，")
_TITLED = 100
_GENERIC = re.compile(
    "(?:园|开发|示范|管理|保护|社|工业|风景|度假|合作|试验|经济|高新|[景库林牧矿港片市城郊山地厂校]|新)区$"
)
"""What ends so is a kind of place; in prose it is hardly ever a name."""
_WORDS = frozenset("各全本我乡村城集小重古市县区该建制名强特色中心示范卫生两试点某")
_SHORT = re.compile("县(?=人民政府|政府|县委|委|[\u4e00-\u9fff]{1,4}局)")
_BEFORE_SHORT = re.compile("(?:^|[^\u4e00-\u9fff、]|通过|按照|根据|依托)([\u4e00-\u9fff]县)$")
_SHORT_WORDS = frozenset("和成新大随通单开")
"""First characters of counties with short names that are words before 县 too."""


class Foreign(NamedTuple):
    """A foreign name at its place in a text; `known`: there is such a place."""

    text: Text
    start: int
    end: int
    known: bool = True

    @property
    def name(self) -> str:
        """The name."""
        return self.text.plain[self.start : self.end]


def foreign(view: View) -> Iterator[Foreign]:
    """Each foreign name, where it first stands in each text."""
    own = _own(view)
    for text in view.texts:
        if text.path == ("标题",):  # what unit it names is the business of ID-NAME-REGISTER
            continue
        told: set[str] = set()
        known = (one for one in _joined(_known(view, text, own)) if _is_ours(text.plain, one, own))
        for found in (*known, *_short(view, text, own), *_unknown(text, own)):
            if found.name not in told and not _is_neutral(text.plain, found):
                told.add(found.name)
                yield found


def _joined(names: Iterable[Foreign]) -> Iterator[Foreign]:
    """Names that follow each other are one place: 平阳县万全镇."""
    last: Foreign | None = None
    for one in names:
        if last and one.start == last.end:
            last = Foreign(one.text, last.start, one.end)
        else:
            if last:
                yield last
            last = one
    if last:
        yield last


def _is_ours(plain: str, found: Foreign, own: tuple[str, ...]) -> bool:
    """Whether the name stands where a report names its own place. A place named otherwise may be anybody's."""
    if not _OURS.match(plain, found.end):
        return False
    before = plain[max(found.start - _BACK, 0) : found.start]
    while name := next((one for one in own if before.endswith(one)), ""):  # 秀洲区王店镇
        before = before.removesuffix(name)
    return _LEADS.search(before) is not None


def _own(view: View) -> tuple[str, ...]:
    """Names that are the unit's own, those of what it lies in, and those of its kin."""
    names = {*view.unit.names(), view.report.printed_unit, *(division.name for division in view.divisions)}
    stems = {
        name[:-1] + end
        for name in names
        if len(name) >= SHORTEST
        for end in ("市", "县", "区", "镇", "乡", "街道")
    }
    return tuple(sorted({*names, *stems} - {""}, key=lambda name: (-len(name), name)))


def _known(view: View, text: Text, own: tuple[str, ...]) -> Iterator[Foreign]:
    """Names that the list of divisions has, the longest that ends at each place."""
    plain, known, ends = text.plain, gazetteer().names, gazetteer().ends
    for match in _ENDS.finditer(plain):
        end = match.end()
        if plain.endswith(own, 0, end):
            continue
        last = plain[max(end - SHORTEST, 0) : end]
        if last not in ends or (plain[match.start() - 1 : match.start()] in _BEFORE and last not in known):
            continue
        for start in range(max(end - LONGEST, 0), end - SHORTEST + 1):
            if plain[start:end] in known:
                break
        else:
            continue
        name = plain[start:end]
        if name in _COMMON or _GENERIC.search(name) or any(one.endswith(name) for one in own):
            continue
        if not _is_below(view, gazetteer().places(name)):
            yield Foreign(text, start, end)


def _short(view: View, text: Text, own: tuple[str, ...]) -> Iterator[Foreign]:
    """Counties whose names are of two characters, where they begin a clause and have an office behind them."""
    for match in _SHORT.finditer(text.plain) if "县" in text.plain else ():
        end = match.end()
        led = _BEFORE_SHORT.search(text.plain, max(end - 5, 0), end)
        if led is None or led[1][0] in _SHORT_WORDS or led[1] in own:
            continue
        places = gazetteer().places(led[1])
        if places and not _is_below(view, places):
            yield Foreign(text, end - 2, end)


def _is_below(view: View, places: tuple[str, ...]) -> bool:
    """Whether one of the places of that name lies in the unit, which is a county or more."""
    if view.unit.kind.level == "乡级":
        return False
    home = view.unit.id[:COUNTY].removesuffix("00").removesuffix("00")
    return any(code.startswith(home) for code in places)


def _unknown(text: Text, own: tuple[str, ...]) -> Iterator[Foreign]:
    """A town that no list has, where it stands as the unit's own: 公开内盾镇权责清单."""
    for match in _TOWN.finditer(text.plain):
        start, end = match.start() - 2, match.end()
        if text.plain.endswith(own, 0, end):
            continue
        begun = (_OF_YEAR if match[1] else _BEGINS).search(text.plain, max(end - 7, 0), end)
        if begun:
            start = begun.start(1)
        elif not match[1] or start < 1 or not _BEHIND.search(text.plain, max(start - 2, 0), start):
            continue
        name = text.plain[start:end]
        ours = set(name[:-1]) & _WORDS or any(one.endswith(name[1:]) or name in one for one in own)
        if not ours and not gazetteer().places(name):
            yield Foreign(text, start, end, known=False)


def _is_neutral(plain: str, found: Foreign) -> bool:
    """Whether it stands in the title of a document, or among words of having to do with others."""
    line = plain.rfind("\n", 0, found.start) + 1, plain.find("\n", found.end)
    first, last = (
        max(line[0], found.start - _TITLED),
        min(line[1] if line[1] >= 0 else len(plain), found.end + _TITLED),
    )
    if any(match.start() <= found.start < match.end() for match in _TITLE.finditer(plain, first, last)):
        return True
    before = plain[max(found.start - _BACK, line[0]) : found.start]
    clause = before[max(map(before.rfind, _CLAUSE)) + 1 :]
    behind = plain[found.end : found.end + _REACH]
    return _TOWARDS.search(clause) is not None or _ELSEWHERE.search(behind) is not None
