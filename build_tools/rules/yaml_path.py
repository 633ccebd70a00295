"""YAML-PATH: the name of the source file leads nowhere but into the source folder."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="YAML-PATH",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="来源文件只写文件名，不带文件夹",
    reason="带文件夹的写法换一台机器就找不到，还可能指到档案以外的文件。",
    advice="把原件放进本报告旁边的 source 文件夹，“文件”一项只写文件名。",
    waivable=False,
)
