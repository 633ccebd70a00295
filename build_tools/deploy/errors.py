"""The error of this room, apart: the plan raises it, and is not to know who runs rsync."""

from __future__ import annotations

from build_tools.stopped import StoppedError


class DeployError(StoppedError):
    """What was asked for must not be done, or was not done; the message says in Chinese why, and what to do."""
