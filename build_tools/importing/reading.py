"""What was read of one table in one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from build_tools.form import TableForm
from build_tools.importing.doubt import Doubt
from build_tools.importing.values import Texts


@dataclass(frozen=True, slots=True)
class Reading:
    """A table as it reads in the form `form`.

    `rows`: the texts of the rows found, None for a cell that is lost. `printed`: official labels with what stands
    instead. `used`: the numbers of the lines that were read. `shown`: the official labels that are printed at all;
    with `torn` that is not known, since labels came in pieces.
    """

    form: TableForm
    rows: Mapping[str, Texts]
    doubts: tuple[Doubt, ...] = ()
    printed: Mapping[str, str | None] = field(default_factory=dict)
    used: frozenset[int] = frozenset()
    shown: frozenset[str] = frozenset()
    torn: bool = False
