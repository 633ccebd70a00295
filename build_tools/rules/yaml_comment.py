"""YAML-COMMENT: comments stand before the first key or nowhere."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="YAML-COMMENT",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="注释（#）只写在第一个键以前",
    reason="注释不是档案的内容，网页、导出和整理格式（nianbao fmt）都不带它，写在正文中间迟早会丢。",
    advice="抄录时的情况写进“转录说明”，原件的错写进“确认”，别的删去；# 若是原文里的字，给这段文字加英文引号。",
    waivable=False,
)
