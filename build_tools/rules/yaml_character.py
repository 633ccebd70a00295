"""YAML-CHARACTER: a file is UTF-8 text without tabs, control characters or a byte order mark."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="YAML-CHARACTER",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="文件是 UTF-8 文字，没有制表符和看不见的控制字符",
    reason="看不见的字符会使缩进错乱、检索不到，方向控制符还能使显示的和实际的不同。",
    advice="删掉标出的字符；缩进和空白一律用半角空格；保存时选 UTF-8（无 BOM）、换行选 LF。",
    waivable=False,
)
