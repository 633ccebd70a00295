"""Numbers -> bits. Codes are strings of 0 and 1 while a list grows, bytes when it is done."""

from __future__ import annotations

from functools import lru_cache


def fixed(value: int, width: int) -> str:
    """`width` bits, the highest first; none for a width of 0."""
    return f"{value:0{width}b}" if width else ""


@lru_cache(maxsize=4096)
def gamma(value: int) -> str:
    """Elias' gamma code of a number from 1: as many noughts as bits follow the leading one."""
    return "0" * (value.bit_length() - 1) + f"{value:b}"


def golomb(value: int, low: int) -> str:
    """Exponential Golomb code of a number from 0: gamma of what is above the `low` bits, then these."""
    return gamma((value >> low) + 1) + fixed(value & ((1 << low) - 1), low)


@lru_cache(maxsize=4096)
def choice(value: int, count: int) -> str:
    """One of `count` values, the first ones in a bit less where `count` is no power of two (truncated binary)."""
    width = (count - 1).bit_length()
    short = (1 << width) - count
    return fixed(value, width - 1) if value < short else fixed(value + short, width)


def mask(value: int, count: int) -> str:
    """Which of `count` reports: 0 and the one; 10 for all; 11 and a bit for each, the oldest last."""
    if count == 1:
        return ""
    if value == (1 << count) - 1:
        return "10"
    if value & (value - 1):
        return "11" + fixed(value, count)
    return "0" + choice(value.bit_length() - 1, count)


def to_bytes(code: str) -> bytes:
    """The bits of a code, filled up with noughts to whole bytes."""
    size = -(-len(code) // 8)
    return int(code.ljust(8 * size, "0"), 2).to_bytes(size, "big") if code else b""
