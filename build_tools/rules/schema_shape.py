"""SCHEMA-SHAPE: every cell and entry of the form is there, in the shape the form gives it."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="SCHEMA-SHAPE",
    severity=ERROR,
    basis=Basis.FORM,
    title="三张表的每一行、每一格都在，条目的写法正确",
    reason="表二、表三、表四有多少行、多少格由格式规定。少一格，后面的数就会串列；原件空白的格也要占住位置。",
    advice="补齐缺的行和格：原件印的是空白写 ~，我们的副本里丢了写 缺，不要补 0。",
    waivable=False,
)
