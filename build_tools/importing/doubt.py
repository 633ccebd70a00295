"""What the importer would not decide: where it stands in the source, what is seen there, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something for a person to look up. `what` names the row or text in the form's words, `why` begins in mid-sentence."""

    what: str
    place: str
    seen: str
    why: str
    advice: str = ""

    def __str__(self) -> str:
        where = f"（{self.place}）" if self.place else ""
        seen = f"：看到的是“{self.seen}”" if self.seen else ""
        return f"{self.what}{where}{seen}，{self.why}。{self.advice}"


def told(doubts: Iterable[Doubt], *, advice: bool = True) -> list[str]:
    """The doubts as sentences; neighbours that differ in nothing but their row are told in one."""
    lines: list[str] = []
    if not advice:
        doubts = [replace(doubt, advice="") for doubt in doubts]
    for (seen, why, hint), same in groupby(doubts, key=lambda d: (d.seen, d.why, d.advice)):
        group = list(same)
        if len(group) == 1:
            lines.append(str(group[0]))
            continue
        names = "、".join(d.what for d in group)
        ends = dict.fromkeys(place for place in (group[0].place, group[-1].place) if place)
        places = f"（{'到'.join(ends)}）" if ends else ""
        lines.append(str(Doubt(names + places, "", seen, f"{why}，共{len(group)}处", hint)))
    return lines
