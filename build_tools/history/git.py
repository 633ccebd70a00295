"""The system's git, only reading: the one module that runs it.

What it says hangs on the commits alone: not on variables of the environment or anybody's settings, on replaced or
grafted commits, on a language. It fetches nothing and waits for nobody.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from build_tools.history.absence import Absence, UnknownError

_BLOCK = 1 << 16
_ID = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_TOLD = 300  # characters of a complaint; more would only scroll by

FIELDS = ("%H", "%P", "%ct", "%an", "%s")
"""What is asked of each commit: its id, those of its parents, when it was made, by whom, why."""

_OURS = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}


_SETTINGS = (
    "advice.graftFileDeprecated=false",  # git advises against a file of grafts, even one that is to have none
    "core.fsmonitor=false",  # a program of the repository's that would be run whenever its index is read
    "diff.relative=false",
)


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a folder is in: its newest commit, and the way from its top to the folder (`a/b/`).

    A `shallow` one lacks commits that were made earlier.
    """

    folder: Path
    head: str
    prefix: bytes
    shallow: bool = False

    def ask(self, *words: str) -> bytes | None:
        """What git answers when it is asked for something in the folder; None where there is no such thing."""
        said = _run(self.folder, words)
        return None if said.returncode else said.stdout

    def leads_to(self, commit: str) -> bool:
        """Whether a commit that was known is still the beginning of this history."""
        return _run(self.folder, ["merge-base", "--is-ancestor", commit, self.head]).returncode == 0

    def log(self, since: str, below: str) -> Iterator[bytes]:
        """All commits, parents first, without those up to `since`; what each changed below `below`, itself too.

        The fields of a commit end in zeros each; after them come its changes as `diff-tree --raw -z` writes them.
        A merge has those of its changes that none of its parents has.
        """
        wanted = ["rev-list", "--topo-order", "--reverse", self.head, *([f"^{since}"] if since else [])]
        shown = ["diff-tree", "--stdin", "--always", "--root", "-r", "-c", "--raw", "-z", "--no-renames"]
        how = ["--no-abbrev", f"-O{os.devnull}", "--encoding=UTF-8", f"--format={'%x00'.join(FIELDS)}%x00"]
        with ExitStack() as stack:
            complaints = stack.enter_context(tempfile.TemporaryFile())
            lister = stack.enter_context(_open(self.folder, wanted, subprocess.DEVNULL, complaints))
            command = [*shown, *how, "--", below or "."]
            differ = stack.enter_context(_open(self.folder, command, lister.stdout, complaints))
            if lister.stdout:
                lister.stdout.close()  # so that the one ends when the other does
            yield from _blocks(differ)
            _stop_at_failure((lister, differ), complaints)

    def blobs(self, ids: Iterable[str], most: int) -> Iterator[bytes | None]:
        """What is in each of these versions of files, in order; None for one that is larger than `most`.

        Raises UnknownError where the repository lacks one.
        """
        with ExitStack() as stack:
            complaints = stack.enter_context(tempfile.TemporaryFile())
            asked = stack.enter_context(tempfile.TemporaryFile())
            asked.writelines(f"{id_}\n".encode() for id_ in ids)
            asked.seek(0)
            reader = stack.enter_context(_open(self.folder, ["cat-file", "--batch"], asked, complaints))
            if reader.stdout:
                yield from _contents(reader.stdout, most)
            _stop_at_failure((reader,), complaints)


def repository(folder: Path, *, whole: bool = True) -> Repository:
    """The repository a folder is in; raise UnknownError where there is no history to be had, or half of it.

    With `whole` unset half a history will do.
    """
    said = _run(folder, ["rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD^{commit}"])
    shallow, _, rest = said.stdout.partition(b"\n")
    prefix, _, head = rest.rstrip(b"\n").rpartition(b"\n")
    if said.returncode or not _ID.fullmatch(head):
        raise _why_not(folder, said.stderr)
    if whole and shallow != b"false":
        raise UnknownError(Absence.PARTIAL)
    return Repository(folder, head.decode(), prefix, shallow != b"false")


def _why_not(folder: Path, complaint: bytes) -> UnknownError:
    """What keeps git from saying what the newest commit is."""
    if b"not a git repository" in complaint:
        return UnknownError(Absence.NO_REPOSITORY)
    refs = _run(folder, ["for-each-ref", "--count=1"])
    if refs.returncode == 0 and not refs.stdout:
        return UnknownError(Absence.NO_COMMITS)
    return UnknownError(Absence.REFUSED, legible(complaint))


def _program() -> str:
    found = shutil.which("git")
    if not found:
        raise UnknownError(Absence.NO_GIT)
    return found


def _command(folder: Path, words: Sequence[str]) -> list[str]:
    settings = (part for setting in _SETTINGS for part in ("-c", setting))
    return [_program(), "-C", str(folder), *settings, *words]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _OURS


def _run(folder: Path, words: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    command = _command(folder, words)
    try:
        return subprocess.run(command, input=b"", capture_output=True, env=_environment(), check=False)  # noqa: S603  # the words are ours, the ids are git's own
    except OSError as error:
        raise UnknownError(Absence.REFUSED, str(error)) from error


def _open(
    folder: Path, words: Sequence[str], source: IO[bytes] | int | None, complaints: IO[bytes]
) -> subprocess.Popen[bytes]:
    command = _command(folder, words)
    try:
        return subprocess.Popen(  # noqa: S603  # as above
            command, stdin=source, stdout=subprocess.PIPE, stderr=complaints, env=_environment()
        )
    except OSError as error:
        raise UnknownError(Absence.REFUSED, str(error)) from error


def _blocks(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    while process.stdout and (block := process.stdout.read(_BLOCK)):
        yield block


def _contents(stream: IO[bytes], most: int) -> Iterator[bytes | None]:
    while line := stream.readline():
        _, kind, *size = line.split()
        if kind != b"blob":
            raise UnknownError(Absence.PARTIAL)
        yield _content(stream, int(size[0]), most)
        stream.read(1)


def _content(stream: IO[bytes], size: int, most: int) -> bytes | None:
    if size <= most:
        return stream.read(size)
    for start in range(0, size, _BLOCK):
        stream.read(min(_BLOCK, size - start))
    return None


def _stop_at_failure(processes: Iterable[subprocess.Popen[bytes]], complaints: IO[bytes]) -> None:
    if any(process.wait() for process in processes):
        complaints.seek(0)
        complaint = complaints.read(_BLOCK)
        if b"promisor" in complaint:  # a partial clone: what it lacks would have to be fetched
            raise UnknownError(Absence.PARTIAL)
        raise UnknownError(Absence.REFUSED, legible(complaint))


def legible(complaint: bytes) -> str:
    """What git or somebody else says, short and without what would act on a terminal."""
    text = complaint.decode("utf-8", "replace").strip()[:_TOLD]
    return "".join(char if char.isprintable() else " " for char in text)
