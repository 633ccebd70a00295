"""YAML text -> nodes that know their places: strict, nothing guessed, every problem at once."""

from build_tools.source.parsing import MAX_BYTES, Source, decode_bytes, parse
from build_tools.source.reader import MAX_DEPTH
from build_tools.source.trees import Plain, plain

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Plain", "Source", "decode_bytes", "parse", "plain"]
