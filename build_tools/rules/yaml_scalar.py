"""YAML-SCALAR: no bare text stands where YAML readers would make different things of it."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="YAML-SCALAR",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="不写各种程序读法不一的数字和词",
    reason="如 010 有的读作 8，1:30 有的读作 90，no 有的读作“否”。档案要求谁来读都一样。",
    advice="是数字就照普通写法写（10）；原文就是这几个字，加英文引号。",
    waivable=False,
)
