"""YAML-SYNTAX: a file of the archive is well-formed YAML."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="YAML-SYNTAX",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="文件合乎 YAML 的写法",
    reason="写法不对的文件读不出来，里面的内容全都无法核对和发布。",
    advice="看标出的行和上一行：冒号后要空一格，同级的行要对齐，引号和括号要成对；文字里有英文冒号加空格时，整段加引号。",
    waivable=False,
)
