"""What the figures of a report say, in a few plain sentences. Pure: values in, sentences out, no markup.

Every number comes from `indicators`; what adds up to what is asked of the form. Whatever is no number is said to be
none, and where figures contradict each other both are told.
"""

from build_tools.brief.changes import Change, change, changed_groups
from build_tools.brief.figures import Figures
from build_tools.brief.lines import Line, brief
from build_tools.brief.words import Said

__all__ = ["Change", "Figures", "Line", "Said", "brief", "change", "changed_groups"]
