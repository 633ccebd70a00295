"""What stands at addresses that were: pages that lead on, that say what was withdrawn, that became empty."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from build_tools.former import Address, Moved, Withdrawn
from build_tools.model import Division, Unit
from build_tools.news import withdrawn_title
from build_tools.render.engine import fill, kept
from build_tools.render.page import Links, Page, report_path, unit_path

_PARTS = "former.html.jinja"


def address_path(at: Address) -> str:
    """Where a unit or report stands, from the top of the site."""
    return report_path(*at) if at.year else unit_path(at.unit)


def called(at: Address) -> str:
    """A unit or report in words that need no name."""
    return f"编号 {at.unit} 的{f'{at.year}年度报告' if at.year else '单位'}"


def moved_page(old: Address, new: Address, moved: Moved) -> Page:
    """The page at `old` that leads to `new`, at once and without scripts; `moved` says when and why."""
    path, there = address_path(old), address_path(new)
    go, title = Links(path), f"{called(old)}移走了"
    body = fill("moved.html.jinja", title=title, path=path, there=there, moved=moved, go=go)
    head = kept(_PARTS, "leading")(go(there))
    return Page(path, title, f"{title}，现在的网址是 /{there}", body, head=head, canonical=there)


def withdrawn_page(gone: Withdrawn, unit: Unit, chain: tuple[Division, ...]) -> Page:
    """The page in place of a report that was withdrawn."""
    path = report_path(gone.unit, gone.year)
    go, where = Links(path), "".join(division.name for division in chain)
    title = withdrawn_title(unit.name, gone.year)
    body = fill(
        "withdrawn.html.jinja",
        title=title,
        gone=gone,
        unit=unit,
        where=where,
        above=go.above(chain, unit),
        go=go,
    )
    return Page(path, title, f"{where}{title}：何时撤下，为什么。", body, head=kept(_PARTS, "unlisted")())


def withdrawn_mark(go: Links, gone: Withdrawn, what: str = "") -> Markup:
    """撤下, as lists say it, leading to the page; `what` is heard by those who cannot see where it stands."""
    return kept(_PARTS, "withdrawn")(go.report(gone.unit, gone.year), what)


def emptied_page(path: str, title: str, to: Sequence[tuple[str, str]]) -> Page:
    """The page of a region or year that lists nothing any more; `to`: paths and words of where things went."""
    body = fill("emptied.html.jinja", title=title, to=to, go=Links(path))
    description = f"{title}：这里列过的报告都移走或撤下了。"
    return Page(path, title, description, body, head=kept(_PARTS, "unlisted")())
