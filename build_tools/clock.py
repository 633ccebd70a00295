"""The one place where the clock is asked. Everything else is told the year, so that output has no clock in it."""

from __future__ import annotations

import datetime as dt
import os
import re
import time

_START = time.monotonic()


class YearError(Exception):
    """NIANBAO_YEAR is set to something that is no year; the message says so in Chinese."""


def this_year() -> int:
    """The current year, or the one in NIANBAO_YEAR: no report on it or a later year can exist yet.

    Raises YearError for a NIANBAO_YEAR that is not four digits; one that is empty is as good as none.
    """
    given = os.environ.get("NIANBAO_YEAR", "")
    if given and not re.fullmatch("[0-9]{4}", given):
        raise YearError(f"环境变量 NIANBAO_YEAR 是“{given}”，不是年份。写四位数字，如 2026；不用就删去它。")
    return int(given) if given else dt.date.today().year  # noqa: DTZ011, TID251  # the local calendar's year


def seconds_so_far() -> float:
    """How long this process has been at it; for people, never for output that is kept."""
    return time.monotonic() - _START


def moment() -> int:
    """Now, in nanoseconds, to be compared with the times of files; never for output."""
    return time.time_ns()
