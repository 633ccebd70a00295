"""Which form belongs to which year. All years stand in the form files; here they are only asked."""

from __future__ import annotations

from functools import cache

from build_tools.form import Form
from build_tools.forms import official


@cache
def demanded(year: int) -> tuple[Form, ...]:
    """The forms that a report on `year` had to use."""
    return tuple(form for form in official().values() if form.demanded_of(year))


@cache
def encouraged(year: int) -> tuple[Form, ...]:
    """The forms that were issued for `year` but not yet demanded."""
    return tuple(
        form
        for form in official().values()
        if form.offered_to(year) and form.obligatory is not None and year < form.obligatory
    )


def too_early(form: Form, year: int) -> bool:
    """Whether the form did not yet exist for reports on `year`."""
    return form.first is not None and year < form.first


def expired(form: Form, year: int) -> bool:
    """Whether the form could no longer be the statistics of a report on `year`."""
    return form.expires and form.last is not None and form.last < year


def names(forms: tuple[Form, ...]) -> str:
    """The forms by name."""
    return "或".join(form.name for form in forms)
