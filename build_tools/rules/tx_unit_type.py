"""TX-UNIT-TYPE: the unit speaks of itself, and of what it belongs to, as what it is."""

import re
from collections.abc import Iterator
from functools import cache

from build_tools.archive import COUNTY
from build_tools.rules.aids.search import gated, pointed
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.rules.view import View

_OWN = {
    "镇": "乡|局|委|厅",
    "乡": "镇|局|委|厅",
    "街道": "镇|乡|局|委|厅",
}
_STREET = re.compile(
    "街道(?<![镇乡、和及各或（(/与要沿主]街道)(?=信息公开|政务|政府|动态|各项|党工委|机关|办事处)|[我本全]街道"
)
_ALONE = "(?:(?<![\u4e00-\u9fff].)|(?<=[在由按经为与和对受被以].))"
_PARENTS = {"市": "区县", "区": "县", "县": "区"}


def check(view: View) -> Iterator[Outcome]:
    """Townships only: the bureaus of a county are called by many words, and a county by all of its own."""
    name = view.unit.kind.id
    if name not in _OWN:
        return
    county = view.divisions[-1].name[-1:] if view.divisions and len(view.divisions[-1].code) == COUNTY else ""
    own, above = _patterns(name, county)
    said = f"本单位是{name}，这里写作“{{}}”"
    yield from pointed(view.prose, own, said, HINT)
    if name != "街道":
        yield from pointed(gated(view.prose, ("街道",)), _STREET, said, HINT)
    if above:
        yield from pointed(view.prose, above, f"上级是{view.divisions[-1].name}，这里写作“{{}}”", HINT)


@cache
def _patterns(name: str, county: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    own = re.compile(f"[我本全](?<!自我)(?:{_OWN[name]})(?![级长村内部托员派])(?!办[^，。]{{0,4}}指导)")
    words = _PARENTS.get(county)
    if not words:
        return own, None
    return own, re.compile(f"[{words}]{_ALONE}(?:(?:人民)?政府|委(?!员))|[我全][{words}](?![域级])")


HINT = "核对抄录，抄错了就改正；原件就是这样写的，照录，在“确认”里写明理由。"

RULE = Rule(
    id="TX-UNIT-TYPE",
    severity=WARNING,
    basis=Basis.PLAUSIBLE,
    title="自称与单位类别相符，上级的称呼也对",
    reason="镇的报告写“我局”“街道政务公开”，县级市的镇写“区政府”，多半是抄了别的单位的稿子。",
    advice="核对抄录。原件如此，照录，在“确认”里写明理由。",
    check=check,
)
