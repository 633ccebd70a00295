"""What a browser must know besides the forms to check and write a report: words, rules, patterns, keys."""

from __future__ import annotations

from typing import Any

from build_tools.decode import AGGREGATED, HEADINGS
from build_tools.decode.apparatus import FIGURE, ORIGIN, WAIVER
from build_tools.rules import RULES, val_blank, val_int, val_missing, val_text
from build_tools.rules.aids.manner import Manner
from build_tools.rules.aids.spots import FIRST
from build_tools.rules.aids.trial import LONG
from build_tools.rules.aids.wording import WORDS
from build_tools.rules.aids.words import MOST
from build_tools.rules.id_year_range import FIRST as FIRST_YEAR
from build_tools.rules.rule import Rule
from build_tools.submit.patterns import cell_words, patterns
from build_tools.write import HEAD

CELLS = {
    val_int.RULE.id: val_int.HINT,
    val_text.RULE.id: val_text.HINT,
    val_missing.RULE.id: val_missing.HINT,
    val_blank.RULE.id: val_blank.HINT,
}
"""The rules of cells that a browser tries too, with their advice."""

TRIED = (*CELLS, *(rule.id for rule in RULES if rule.manner))
"""Every rule that a browser tries."""


def language() -> dict[str, Any]:
    """All of it, as values of JSON."""
    return {
        "words": dict(WORDS),
        "rules": {rule.id: _rule(rule) for rule in RULES if rule.id in TRIED},
        "patterns": patterns(),
        "cells": cell_words(),
        "numbers": {
            "long": LONG,
            "first": FIRST,
            "shown": val_missing.SHOWN,
            "cut": MOST,
            "year": FIRST_YEAR,
        },
        "keys": {
            "head": HEAD,
            "origin": ORIGIN,
            "figure": FIGURE,
            "waiver": WAIVER,
            "headings": HEADINGS,
            "aggregated": AGGREGATED,
        },
    }


def _rule(rule: Rule) -> dict[str, Any]:
    manner = rule.manner or Manner(hint=CELLS[rule.id])
    said = {name: getattr(manner, name) for name in ("hint", "fails", "wants", "without", "counts", "totals")}
    return {
        "severity": rule.severity.value,
        "weak": (rule.weak or rule.severity).value,
        "waivable": rule.waivable,
        "title": rule.title,
        **{name: value for name, value in said.items() if value},
        "declared": rule.manner is not None,
    }
