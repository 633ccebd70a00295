"""ID-CODE-TYPE: the seventh digit of a township's code agrees with its kind."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.model import Unit
from build_tools.rules.rule import WARNING, Basis, Outcome, Rule
from build_tools.units import kinds


def check(subject: Subject) -> Iterator[Outcome]:
    """The id is the code first registered: a kind that the unit had before counts too."""
    unit = subject.unit
    if not unit.kind.codes or not unit.id.isdecimal() or len(unit.id) != 9:  # noqa: PLR2004  # township code
        return
    seventh = int(unit.id[6])
    if seventh not in unit.kind.codes and seventh not in _former_codes(unit):
        usual = "、".join(map(str, unit.kind.codes))
        message = f"代码 {unit.id} 的第七位是 {seventh}，{unit.kind.id}的代码第七位应是 {usual}"
        hint = "查对代码和 unit.yml 的“类别”；改制以前是别的类别，把那时的名称写进“曾用名”。"
        yield Problem((), message, hint)


def _former_codes(unit: Unit) -> set[int]:
    former = [kind for kind in kinds().values() for n in unit.former if n.name.endswith(kind.id)]
    return {code for kind in former for code in kind.codes}


RULE = Rule(
    id="ID-CODE-TYPE",
    severity=WARNING,
    basis=Basis.LAW,
    title="九位代码的第七位与单位类别相符",
    reason="《县以下行政区划代码编制规则》（GB/T 10114）：第七位0是街道、1是镇、2和3是乡，4和5是管委会、农场等类似乡级单位。",
    advice="查对代码和 unit.yml 的“类别”。单位后来改了类别（如镇改街道），编号不变，把改制以前的名称写进 unit.yml 的“曾用名”。",
    check=check,
)
