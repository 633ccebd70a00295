"""The rule catalogue: one rule, one file, and one explicit tuple of them all, in the order of the chapters."""

from build_tools.rules import t3_row_sum
from build_tools.rules.rule import Rule

RULES: tuple[Rule, ...] = (t3_row_sum.RULE,)
