"""What the rows of a table mean and what can be done about them, as a folded block to stand below the table.

It hangs on the form alone, so it is made once for each form and way to the form's page.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from build_tools.form import TableForm
from build_tools.glossary import entry, told
from build_tools.render.engine import macro


@lru_cache(maxsize=64)
def meanings(form: TableForm, address: str) -> Markup:
    """The block below a table, or nothing for one of which nothing is said; `address` leads to the form's page."""
    said = told(form)
    return (
        macro("meanings.html.jinja", "block")(form.id, said, address, _back(form))
        if said.groups
        else Markup()
    )


def _back(form: TableForm) -> dict[str, str]:
    """By row the id of what leads back into the table: the row, or its first cell where rows lie side by side."""
    across = form.layout == "across"
    return {
        id_: f"{form.id}.{id_}.{line.columns[0].id}" if across else f"{form.id}.{id_}"
        for id_, line in form.lines.items()
    }


def meaning(form: TableForm, row: str) -> str:
    """The id of the place in the block where a row is explained; empty for a row of which nothing is said."""
    return f"about-{form.id}.{row}" if row and entry(form, row) else ""
