"""The one place where the clock is asked. Everything else is told the year, so that output has no clock in it."""

from __future__ import annotations

import datetime as dt
import os


def this_year() -> int:
    """The current year, or the one in NIANBAO_YEAR: no report on it or a later year can exist yet."""
    given = os.environ.get("NIANBAO_YEAR", "")
    return int(given) if given.isdecimal() else dt.date.today().year  # noqa: DTZ011, TID251  # the local calendar's year
