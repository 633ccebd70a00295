"""Numbers as people read them: thousands set apart, great ones shortened, differences with their sign."""

from __future__ import annotations

from decimal import Decimal

from build_tools.indicators import Number

_SHORT = 1_000_000
_GREAT = ((100_000_000, "亿"), (10_000, "万"))


def number(value: Number) -> str:
    """All digits of a number, thousands set apart; a decimal without noughts that say nothing."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def short(value: Number) -> str:
    """A number for a narrow place: great ones in 万 or 亿, with one decimal where they have few digits."""
    exact = Decimal(value)
    for size, word in _GREAT:
        if abs(exact) >= max(size, _SHORT):
            scaled = exact / size
            return number(round(scaled, 1 if abs(scaled) < 100 else 0)) + word  # noqa: PLR2004  # three digits do
    return number(value)


def difference(now: Number, before: Number) -> str:
    """How much more or less, as `signed` tells it."""
    return signed(Decimal(now) - Decimal(before))


def signed(change: Number) -> str:
    """A difference as pages tell it: +1,200, −2. That nothing changed is a word: no text says that nothing compares."""
    if not change:
        return "持平"
    return f"+{number(change)}" if change > 0 else f"−{number(-change)}"
