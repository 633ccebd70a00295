"""What is known of an archived original by its bytes alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a file says beside what it prints."""

    AUTHOR = "作者"
    EDITOR = "最后修改者"
    MANAGER = "主管"
    REVISIONS = "修订痕迹"
    COMMENTS = "批注"
    PLACE = "拍摄地点"

    @property
    def named(self) -> bool:
        """Whether it is but a name in the file's properties."""
        return self in {Kind.AUTHOR, Kind.EDITOR, Kind.MANAGER}


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """Something that the file tells of the people who made it; `name` is empty where it is no name."""

    kind: Kind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """An archived original: its fingerprint, what it tells of people, and whether its bytes can be read as a text."""

    sha256: str
    traces: tuple[Trace, ...] = ()
    text: bool = True
