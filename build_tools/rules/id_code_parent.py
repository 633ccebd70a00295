"""ID-CODE-PARENT: the province, prefecture and county of a unit's code are in the register."""

from collections.abc import Iterator

from build_tools.archive import Register, Subject
from build_tools.finding import Problem, Unassessed
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.units import UNIT_ID

_LEVELS = ((2, "省级"), (4, "地级"), (6, "县级"))


def check(subject: Subject) -> Iterator[Outcome]:
    """A badly formed id is another rule's matter."""
    if not subject.register:
        yield Unassessed((), "没有区划表，无法核对单位编号")
    elif UNIT_ID.fullmatch(subject.unit.id):
        for code, name in _unknown(subject.register, subject.unit.id):
            hint = "查对代码，改单位文件夹的名字；代码没有错，就在 reports/divisions.csv 里补上这一行。"
            yield Problem((), f"{name}代码 {code} 不在区划表里", hint)


def _unknown(register: Register, id_: str) -> Iterator[tuple[str, str]]:
    # 330000 and 330400 are a province and a prefecture themselves.
    digits = id_[:6].removesuffix("00").removesuffix("00")
    for length, name in _LEVELS:
        if length <= len(digits) and digits[:length] not in register:
            yield digits[:length], name


RULE = Rule(
    id="ID-CODE-PARENT",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="单位编号里的省、市、县代码都在区划表里",
    reason="网站按省、市、县列出单位；代码前六位不在区划表里，多半打错了一位数字。",
    advice="对照区划代码改单位文件夹的名字；确有这个区划（新设的、旧的），在 reports/divisions.csv 里补一行，写明启用、废止的时间和后继。",
    check=check,
    waivable=False,
)
