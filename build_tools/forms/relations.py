"""Relations between cells as other programs evaluate them: the API's readers, and the form page."""

from __future__ import annotations

from typing import Any

from build_tools.form import Relation, Term


def relation_entry(relation: Relation) -> dict[str, Any]:
    """A relation between cells, as other programs evaluate it."""
    return {
        "rule": relation.rule,
        "along": relation.along,
        "left": [_term(term) for term in relation.left],
        "sign": relation.sign,
        "right": [_term(term) for term in relation.right],
        "only": list(relation.only),
    }


def _term(term: Term) -> dict[str, Any]:
    return {"id": term.id, "last": term.last}
