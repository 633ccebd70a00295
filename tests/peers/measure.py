"""Runs a command on one processor and says what it cost: seconds, processor time, memory, exit status.

The command runs below a small Python process (this file), which keeps to one processor, starts it and waits.
Memory is `ru_maxrss` of wait4: the kernel's own high-water mark of the largest single process among the command
and all it started and waited for. Nothing is sampled, so no short peak is missed. The small process in between is
there because a process is born with the mark of the one it was forked from: it is 10 MB, less than anything here.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LIMIT = 3600
"""Seconds after which a command is ended: some programs hang where they should have failed."""


class FailedError(Exception):
    """A measured command failed or did not end; the message holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost. `cpu` is user and system time of all its processes, `peak` bytes of the largest."""

    seconds: float
    cpu: float
    peak: int


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    core: int = 0,
    limit: float = LIMIT,
) -> Cost:
    """Run a command in a folder on one processor; raise FailedError unless it ends well."""
    os.sync()  # what runs before us left to be written is not ours to pay for
    outer = [sys.executable, "-I", "-S", __file__, str(core), *command]
    process = subprocess.Popen(
        outer,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        told, said = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired as error:
        raise FailedError(f"{command[0]}: not done after {limit} s") from error
    finally:
        if process.poll() is None:  # also after Ctrl-C
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    found = json.loads(told) if told else {"status": process.returncode}
    if found["status"] != 0:
        raise FailedError(f"{' '.join(command)}: status {found['status']}\n{said[-2000:]}")
    return Cost(found["seconds"], found["cpu"], found["peak"])


def _inner(core: int, command: list[str]) -> None:
    """The small process: keep to one processor, run the command, print what it cost."""
    os.sched_setaffinity(0, {core})
    start = time.perf_counter()
    process = os.fork()
    if process == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execvp(command[0], command)  # noqa: S606  # no shell is wanted
    _, status, usage = os.wait4(process, 0)
    cost = {
        "seconds": time.perf_counter() - start,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * 1024,
        "status": os.waitstatus_to_exitcode(status),
    }
    sys.stdout.write(json.dumps(cost))


if __name__ == "__main__":
    _inner(int(sys.argv[1]), sys.argv[2:])
