"""YAML-FEATURE: a file uses only plain mappings, lists and texts, one document to a file."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="YAML-FEATURE",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="不用锚点、别名、标签、多份文档和过深的嵌套",
    reason="这些功能各种程序读法不一，别名还能把小文件撑成极大的内容。",
    advice="把内容直接写出来；文字以 &、*、! 开头时加英文引号；一个文件只写一份报告。",
    waivable=False,
)
