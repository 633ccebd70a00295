"""TX-UNIT-TYPE: the unit speaks of itself, and of what it belongs to, as what it is."""

import re
from collections.abc import Iterator
from functools import cache

from build_tools.archive import COUNTY
from build_tools.gazetteer import gazetteer
from build_tools.model import Unit
from build_tools.rules.aids.search import first_of, gated, pointed
from build_tools.rules.rule import INFO, WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_OWN = {
    "镇": "乡|局|委|厅",
    "乡": "镇|局|委|厅",
    "街道": "镇|乡|局|委|厅",
    "县级部门": "镇|乡|街道",
    "县": "区|镇|乡|局",
    "市": "县|区|镇|乡|局",
    "区": "县|镇|乡|局",
}
_STREET = re.compile(
    "街道(?<![镇乡、和及各或（(/与要沿主]街道)(?=信息公开|政务|政府|动态|各项|党工委|机关|办事处)|[我本全]街道"
)
_ALONE = "(?:(?<![\u4e00-\u9fff].)|(?<=[在由按经为与和对受被以过托据照从向到].))"
_OTHERS = {"镇": "乡", "乡": "镇", "街道": "镇乡"}
_OFFICE = {
    name: re.compile(f"[{other}](?<!、.){_ALONE}(?:党委|(?:人民)?政府)") for name, other in _OTHERS.items()
}
"""What the offices of a township of another kind are called."""
_PARENTS = {"市": "区县", "区": "县", "县": "区"}


def check(view: View) -> Iterator[Outcome]:
    """What a unit calls itself; of townships also what they call the government above them.

    A bureau is called by many words, and a county by all of its own: only what neither can be is looked for, and
    told as a hint.
    """
    name, town = _name(view.unit), view.unit.kind.level == "乡级"
    if name not in _OWN:
        return
    county = view.divisions[-1].name[-1:] if view.divisions and len(view.divisions[-1].code) == COUNTY else ""
    own, above = _patterns(name, county if town else "")
    said = f"本单位是{name}，这里写作“{{}}”"
    yield from pointed(view.prose, own, said, HINT, weak=not town)
    if town:
        yield from _of_others(view, name, said)
    if above:
        yield from pointed(view.prose, above, f"上级是{view.divisions[-1].name}，这里写作“{{}}”", HINT)


def _name(unit: Unit) -> str:
    """The word by which a unit of this sort speaks of itself."""
    if unit.kind.id in _OWN or not unit.kind.government:
        return unit.kind.id
    return unit.name.removesuffix("人民政府")[-1:] if unit.kind.level == "县级" else ""


def _of_others(view: View, name: str, said: str) -> Iterator[Outcome]:
    """What only a township of another kind has."""
    yield from pointed(view.prose, _OFFICE[name], said, HINT)
    for text in gated(view, view.prose, ("街道",)) if name != "街道" else ():
        found = [m for m in _STREET.finditer(text.plain) if not _is_named(text.plain, m.start(), m.end())]
        yield from first_of(text, found, said, HINT)


def _is_named(plain: str, start: int, end: int) -> bool:
    """Whether a street's own name stands there: another one, which is not what the unit calls itself."""
    return any(gazetteer().places(plain[max(start - stem, 0) : end]) for stem in range(1, 5))


@cache
def _patterns(name: str, county: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    towns = "|".join(word for word in ("乡", "镇") if word in _OWN[name] and name in _OFFICE)
    whole = f"|全(?:{towns})" if towns else ""  # 全局 and 全委 are words
    own = re.compile(
        f"(?:[我本](?<!自我)(?:{_OWN[name]}){whole})(?![级长村内部托员派我、镇乡域])(?!办[^，。]{{0,4}}指导)"
    )
    words = _PARENTS.get(county)
    if not words:
        return own, None
    return own, re.compile(f"[{words}]{_ALONE}(?:(?:人民)?政府|委(?!员))|[我全][{words}](?![域级])")


HINT = "核对抄录，抄错了就改正；原件就是这样写的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-UNIT-TYPE",
    severity=WARNING,
    weak=INFO,
    basis=Basis.PLAUSIBLE,
    title="自称与单位类别相符，上级的称呼也对",
    reason="镇的报告写“我局”“街道政务公开”，县级市的镇写“区政府”，多半是抄了别的单位的稿子。部门和县级政府的称呼多，只作提示。",
    advice="核对抄录。原件如此，照录，在“确认”里写明理由。",
    check=check,
)
