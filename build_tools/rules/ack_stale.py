"""ACK-STALE: every acknowledgement matches something that a rule still finds."""

from build_tools.rules.rule import ERROR, Basis, Rule

RULE = Rule(
    id="ACK-STALE",
    severity=ERROR,
    basis=Basis.ARCHIVE,
    title="“确认”的每一条都对得上现在的发现",
    reason="确认是对某个发现的说明。发现没有了，确认还留着，会掩盖以后新出现的错误。",
    advice="抄录已经改正就删去这条确认；位置写错了，照发现里的位置改。",
    waivable=False,
)
