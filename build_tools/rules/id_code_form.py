"""ID-CODE-FORM: a unit's id is a six- or nine-digit code, or six digits, a hyphen and a short name."""

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.finding import Problem
from build_tools.rules.rule import ERROR, Basis, Outcome, Rule
from build_tools.units import UNIT_ID


def check(subject: Subject) -> Iterator[Outcome]:
    """The id is the folder's name."""
    code = subject.unit.id
    if not UNIT_ID.fullmatch(code):
        twelve = len(code) == 12 and code.endswith("000")  # noqa: PLR2004  # the statistical code
        hint = f"十二位代码只取前九位：{code[:9]}。" if twelve else "对照区划代码表，改单位文件夹的名字。"
        message = f"单位编号“{code}”有 {len(code)} 个字符，应是六位或九位数字，部门是六位数字、“-”加短名"
        yield Problem((), message, hint)


RULE = Rule(
    id="ID-CODE-FORM",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="单位编号是六位、九位区划代码，或六位代码加短名",
    reason="编号就是网址的一部分，永不改变。县以上政府用六位代码，乡镇街道用九位代码，部门用六位代码加小写英文短名（如 330411-czj）。",
    advice="改单位文件夹的名字。十二位统计代码去掉末尾三个 0。",
    check=check,
    waivable=False,
)
