"""Where new files are handed in: worked out of the address at which files of the repository are edited."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EDIT = re.compile(
    r"(?P<repository>https?://(?P<host>[^/\s]+)/\S+?)/(?P<edit>-/edit|_edit|edit)/(?P<branch>\S+?)/?"
)
_NAMED = {"gitee.com": "gitee"}
_KINDS = {"-/edit": "gitlab", "_edit": "gitea", "edit": "github"}
_NEW = {"github": "{repository}/new/{branch}/?filename=", "gitea": "{repository}/_new/{branch}/?filename="}


@dataclass(frozen=True, slots=True)
class Door:
    """A host of repositories: which sort, where the repository is, and the address that a new file's path is put to.

    `new` is empty where the host has no such address, all of it where nothing is known.
    """

    host: str = ""
    repository: str = ""
    new: str = ""


def door(edit_base: str) -> Door:
    """The door of a site whose files are edited at `edit_base` and their path: github, gitea, gitlab or gitee."""
    found = _EDIT.fullmatch(edit_base)
    if not found:
        return Door()
    host = _NAMED.get(found["host"].lower(), _KINDS[found["edit"]])
    new = _NEW.get(host, "").format(repository=found["repository"], branch=found["branch"])
    return Door(host, found["repository"], new)
