"""What the rows of a table mean and what can be done about them, as a folded block to stand below the table.

It hangs on the form alone, so it is made once for each form and way to the form's page.
"""

from __future__ import annotations

from functools import lru_cache, partial

from markupsafe import Markup

from build_tools.form import TableForm
from build_tools.glossary import entry, told
from build_tools.render.engine import macro


@lru_cache(maxsize=64)
def meanings(form: TableForm, address: str) -> Markup:
    """The block below a table, or nothing for one of which nothing is said; `address` leads to the form's page."""
    said = told(form)
    return (
        macro("meanings.html.jinja", "block")(form.id, said, address, partial(_back, form))
        if said.groups
        else Markup()
    )


def _back(form: TableForm, row: str) -> str:
    """The id of what leads from a row's explanation into the table: the row, or its first cell where rows lie side by side."""
    first = form.lines[row].columns[0].id
    return f"{form.id}.{row}.{first}" if form.layout == "across" else f"{form.id}.{row}"


def meaning(form: TableForm, row: str) -> str:
    """The id of the place in the block where a row is explained; empty for a row of which nothing is said."""
    return f"about-{form.id}.{row}" if row and entry(form, row) else ""
