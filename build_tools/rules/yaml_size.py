"""YAML-SIZE: a report file is at most one mebibyte."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="YAML-SIZE",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="一个文件不超过 1 MiB",
    reason="一份报告的文字和三张表只有几万字节；更大的文件多半误贴了图片或附件的编码。",
    advice="文件里只留文字和数字；原件、图片、附件放到 source 文件夹。",
    waivable=False,
)
