"""A change in plain words."""

from __future__ import annotations

from build_tools.history.change import Change, Kind, Unread

_NAMED = 4  # parts named in a line; more would bury what was done

_DONE = {Kind.ADDED: "收录", Kind.REMOVED: "撤下", Kind.LAYOUT: "重新排过，内容没有变"}
_UNREAD = {
    (Unread.OLD,): "改过，改之前的那一版读不出来",
    (Unread.NEW,): "改过，改成的这一版读不出来",
    (Unread.OLD, Unread.NEW): "改过，前后两版都读不出来",
}


def said(change: Change) -> str:
    """What was done to the report: 改了3格、标题."""
    if change.kind is not Kind.CHANGED:
        return _DONE[change.kind]
    difference = change.difference
    if difference.unread:
        return _UNREAD[difference.unread]
    names = [part.name for part in difference.parts]
    cells = [f"{len(difference.cells)}格"] if difference.cells else []
    found = [*cells, *names]
    rest = f"等{len(found)}处" if len(found) > _NAMED else ""
    return f"改了{'、'.join(found[:_NAMED])}{rest}"
