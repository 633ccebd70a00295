"""SCHEMA-UNKNOWN: a file has no keys other than those of its form."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="SCHEMA-UNKNOWN",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="没有不认识的键，行和列都是所写格式里有的",
    reason="不认识的键没有程序会读，写在里面的内容等于丢了。多半是打错了字，或者用了另一种格式的行。",
    advice="照提示改成认识的键；原件比格式多出的行写到“多出的行”。",
    waivable=False,
)
