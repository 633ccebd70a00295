"""Source + form -> Report, or problems of shape. Raw nodes die here."""

from build_tools.decode.report import AGGREGATED, HEADINGS, decode

__all__ = ["AGGREGATED", "HEADINGS", "decode"]
