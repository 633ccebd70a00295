"""A finished site -> a host: what changed is sent, what is gone is deleted, and nothing else is touched.

All that will be touched is noted on the host before and struck out after, so that whatever comes after an
interruption knows which files are in doubt.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from build_tools.deploy.errors import DeployError
from build_tools.deploy.plan import CHANGED, LISTS, NEW, NOTE, Plan, compare, sound
from build_tools.deploy.rsync import Host, program, target
from build_tools.files import Lock, replace_bytes
from build_tools.publish.manifest import TOP
from build_tools.publish.progress import Watch, quiet

_STEPS = ((NEW, "传新文件"), (CHANGED, "更新文件"), (LISTS, "更新清单"))

WORK_LISTS = ("1-new.txt", "2-changed.txt", "3-lists.txt", "4-gone.txt")
"""The files that `write_lists` writes, in the order in which they are to be done."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """`only_say` what would be done; `recheck` every file, whatever the host's lists say."""

    only_say: bool = False
    recheck: bool = False
    watch: Watch = quiet


@dataclass(frozen=True, slots=True)
class Done:
    """What was sent, with sizes, and the files that were deleted."""

    sent: tuple[tuple[int, str], ...] = ()
    gone: tuple[str, ...] = ()


def deploy(site: Path, to: str, wishes: Wishes = Wishes()) -> Done:
    """Bring a host up to date, or say what that would be. Raises DeployError; what was begun is mended by the next."""
    at, rsync = target(to, site), program()
    with _held(site), tempfile.TemporaryDirectory() as aside:
        host, lists = Host(at, rsync, Path(aside)), Path(aside, "lists")
        lists.mkdir()
        host.fetch([TOP, NOTE], lists)
        todo = compare(site, lists, lambda paths: host.fetch(paths, lists), recheck=wishes.recheck)
        for step in todo.sent:
            sound(site, step)
        if wishes.only_say:
            return Done(tuple(_send(host, site, todo, wishes)), todo.files_gone)
        if todo or (lists / NOTE).exists():
            return _do(host, site, todo, wishes)
        return Done()


def _do(host: Host, site: Path, todo: Plan, wishes: Wishes) -> Done:
    note = host.aside / "note"
    replace_bytes(note / NOTE, todo.note())
    list(host.send(note, [NOTE]))
    sent = tuple(_send(host, site, todo, wishes))
    for paths in (*todo.gone, *todo.folders, [NOTE]):
        host.delete(paths)
    return Done(sent, todo.files_gone)


def _send(host: Host, site: Path, todo: Plan, wishes: Wishes) -> Iterator[tuple[int, str]]:
    for step, what in _STEPS:
        if paths := sorted(todo.sent[step]):
            sending = host.send(site, paths, together=step != NEW, only_say=wishes.only_say)
            yield from wishes.watch(what, len(paths), sending)


@contextmanager
def _held(site: Path) -> Iterator[None]:
    """While a site is published no build changes it."""
    lock = Lock(site.resolve().parent)
    try:
        yield
    finally:
        lock.release()


def write_lists(site: Path, since: Path | None, folder: Path) -> Plan:
    """Write what there is to do as lists of paths, for programs other than rsync; `since`: where the host's lists are.

    Raises DeployError for a path that would break its line.
    """
    if since and not (since / TOP).is_file():
        raise DeployError(f"{since} 里没有 {TOP}。那里要放主机上现有的 {TOP} 和 manifest 文件夹。")
    with _held(site), tempfile.TemporaryDirectory() as nothing:
        todo = compare(site, since or Path(nothing), _is_there)
        for step in todo.sent:
            sound(site, step)
    for name, paths in zip(WORK_LISTS, (*map(sorted, todo.sent), todo.files_gone), strict=True):
        if odd := [path for path in paths if not path.isprintable()]:
            raise DeployError(f"文件名 {odd[0]!r} 里有换行之类的符号，写不进清单。")
        replace_bytes(folder / name, "".join(f"{path}\n" for path in paths).encode())
    return todo


def _is_there(paths: Sequence[str]) -> None:
    """Lists that need not be fetched."""
