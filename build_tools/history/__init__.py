"""The door of this room: who changed which report, when, why, and what it said before, as git knows it."""

from build_tools.history.absence import Absence
from build_tools.history.change import CellChange, Change, Difference, Kind, PartChange, Unread, Value, last
from build_tools.history.gathering import Keeping, history_of
from build_tools.history.known import UNTOLD, Chronicle, History, Past
from build_tools.history.lines import CHANGES, INDEX, index, month_file, schema
from build_tools.history.words import said

__all__ = [
    "CHANGES",
    "INDEX",
    "UNTOLD",
    "Absence",
    "CellChange",
    "Change",
    "Chronicle",
    "Difference",
    "History",
    "Keeping",
    "Kind",
    "PartChange",
    "Past",
    "Unread",
    "Value",
    "history_of",
    "index",
    "last",
    "month_file",
    "said",
    "schema",
]
