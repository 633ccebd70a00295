"""The rules of a report among others and in its archive: copies, coverage, provenance."""

from build_tools.rules import (
    ar_hash,
    ar_source,
    ar_transcribed,
    co_expected,
    co_orphan,
    co_parent_eq,
    co_parent_ge,
    co_two_docs,
    du_file,
    du_other,
    du_prev,
    du_prev_sec5,
    du_self,
)
from build_tools.rules.rule import Rule

ARCHIVE: tuple[Rule, ...] = (
    du_prev.RULE,
    du_prev_sec5.RULE,
    du_other.RULE,
    du_self.RULE,
    du_file.RULE,
    co_expected.RULE,
    co_orphan.RULE,
    co_parent_ge.RULE,
    co_parent_eq.RULE,
    co_two_docs.RULE,
    ar_source.RULE,
    ar_hash.RULE,
    ar_transcribed.RULE,
)
