"""YAML-PATH: every path leads to an ordinary file at its place: originals by name alone, no links, nothing missing."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="YAML-PATH",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="每个文件都在原处读得到：来源只写文件名，不用链接，原件不缺",
    reason=(
        "带文件夹的写法和链接换一台机器就找不到，还可能指到档案以外的文件；原件不在、文件读不出来，抄录就无从核对。"
    ),
    advice=(
        "来源的“文件”只写文件名，原件放进本报告旁边的 source 文件夹，名字一字不差（大小写也算）；没有存原件就写 ~，"
        "并写上网址。是链接的，换成真正的文件；读不出来的，检查权限，确认它是普通的文本文件；说没有这个文件的，检查写的路径。"
    ),
    waivable=False,
)
