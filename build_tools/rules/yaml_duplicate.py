"""YAML-DUPLICATE: no key stands twice in one mapping."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="YAML-DUPLICATE",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="同一层里一个键只写一次",
    reason="写了两次，有的程序取前一个，有的取后一个，读出来的内容就不一样。",
    advice="对照原件，两处只留对的一处。",
    waivable=False,
)
