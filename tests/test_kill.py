"""A build that is killed, or has no room, leaves the last good site whole, and the next build puts all right.

Each change that a build makes to the disk is numbered; it is stopped before some of them, before all of them with
NIANBAO_STEP=1.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from build_tools.files import Lock, UnreadableError
from build_tools.publish import twins
from tests.buildwork import World, full_from, killed_at, state, trouble
from tests.sitework import tree

STEP = int(os.environ.get("NIANBAO_STEP", "0"))

Change = Callable[[World, bool], None]


def _one_report(world: World, other: bool) -> None:  # noqa: FBT001  # one of two states
    world.write_report("330411103", 2021, prose="乙" if other else "甲", original="" if other else "原件")


def _everything(world: World, other: bool) -> None:  # noqa: FBT001  # one of two states
    world.theme = "<!-- 乙 -->" if other else ""


def _all_new(world: World, other: bool) -> None:  # noqa: FBT001  # one of two states
    """The hidden copy is made anew, mostly of links."""
    _one_report(world, other)
    shutil.rmtree(world.base / ".site.twin", ignore_errors=True)


def _a_county_goes(world: World, other: bool) -> None:  # noqa: FBT001  # one of two states
    if other:
        shutil.rmtree(world.unit_folder("330402001").parent)
    else:
        world.write_unit("330402001")
        for key in world.reports:
            if key[0] == "330402001":
                world.write_report(*key)


CHANGES: dict[Change, int] = {_one_report: 7, _everything: 29, _all_new: 23, _a_county_goes: 11}
"""And every how many changes to the disk they are stopped."""


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.build()
    return made


Files = dict[str, bytes]


def _to_and_fro(world: World, change: Change, attempt: Callable[[int, Files, Files], bool]) -> None:
    """Attempt one build after another, each stopped a little later, until they are no longer stopped.

    `attempt` is given the number of the change to the disk to stop at, the site of before and the one of after as
    clean builds make them, and says whether the build was stopped. What it leaves is built upon.
    """
    clean, other = [], False
    for other in (False, True):
        change(world, other)
        clean.append(tree(world.build(world.folder / f"clean{other}")))
    change(world, not other)
    assert tree(world.build()) == clean[0]
    numbers, stopped = itertools.count(1, STEP or CHANGES[change]), True
    while stopped:
        stopped = False
        for other in (True, False):
            change(world, other)
            stopped |= attempt(next(numbers), clean[not other], clean[other])
            assert tree(world.build()) == clean[other]


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_killed(world: World, change: Change) -> None:
    """At whatever change to the disk: the site is the old one or the new one, and the next build is right."""

    def attempt(number: int, before: Files, after: Files) -> bool:
        killed = killed_at(number, world.build)
        assert tree(world.site) in (before, after)
        return killed

    _to_and_fro(world, change, attempt)


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_full_disk(world: World, change: Change) -> None:
    """The same of a disk that is full from some change on; and it is told."""

    def attempt(number: int, before: Files, _: Files) -> bool:
        shown = state(world.site)
        try:
            with trouble(full_from(number)):
                world.build()
        except UnreadableError as error:
            told = str(error)
        else:
            return False
        assert "磁盘满了" in told
        assert state(world.site) == shown
        assert tree(world.site) == before
        return True

    _to_and_fro(world, change, attempt)


@pytest.mark.parametrize("change", [_one_report, _a_county_goes], ids=lambda c: c.__name__)
def test_killed_where_folders_cannot_be_exchanged(
    world: World, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    """Then for a moment there is no site, but the next build puts it back before it does anything else."""
    monkeypatch.setattr(twins, "_renameat2", lambda: None)

    def attempt(number: int, before: Files, after: Files) -> bool:
        killed = killed_at(number, world.build)
        again = twins.Twins(world.site)
        again.begin()
        again.end()
        assert tree(world.site) in (before, after)
        return killed

    _to_and_fro(world, change, attempt)


def test_killed_before_there_was_a_site(world: World) -> None:
    """The first build of all."""
    clean = tree(world.site)
    for number in range(1, 10_000, STEP or 61):
        shutil.rmtree(world.base / ".cache")
        for name in ("site", ".site.twin"):
            shutil.rmtree(world.base / name, ignore_errors=True)
        died = killed_at(number, world.build)
        assert not world.site.exists() or tree(world.site) == clean
        assert tree(world.build()) == clean
        if not died:
            break


# --- real disks and real signals -------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of sixteen megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_disk_that_is_really_full(small_disk: Path, tmp_path: Path) -> None:
    """It fills up in the middle of a file, too. What a clean build makes is on another disk: nothing can be shared."""
    world, told = World(small_disk), set()
    shown = tree(world.build())
    for room in range(0, 60, 4):
        world.theme = f"<!-- {room} -->" * 20
        world.hub()
        fill = small_disk / "fill"
        fill.write_bytes(bytes(max(0, shutil.disk_usage(small_disk).free - 4096 * room)))
        try:
            world.build()
        except UnreadableError as error:
            told.add(str(error).rpartition("：")[2])
            assert tree(world.site) == shown
        fill.unlink()
        shown = tree(world.build())
        assert tree(world.build(tmp_path / f"clean{room}")) == shown
    assert told == {"磁盘满了"}


def test_a_disk_that_is_full_before_the_data_are_made(small_disk: Path) -> None:
    """Whichever library writes when it happens, people are told the same, and the next build goes on."""
    world, told = World(small_disk), list[str]()
    world.hub()
    for room in range(200_000, 8_000_000, 400_000):
        fill = small_disk / "fill"
        fill.write_bytes(bytes(max(0, shutil.disk_usage(small_disk).free - room)))
        try:
            world.build()
        except UnreadableError as error:
            told.append(str(error).rpartition("：")[2])
        fill.unlink()
        shutil.rmtree(world.base / ".site.twin", ignore_errors=True)
        shutil.rmtree(world.base / "site", ignore_errors=True)
    assert set(told) == {"磁盘满了"}
    assert 5 < len(told) < 20
    world.build()


def _sleep(_: None, seconds: int) -> int:
    time.sleep(seconds)
    return seconds


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_workers_end_with_a_killed_build(root: Path, tmp_path: Path, method: str) -> None:
    """Nobody can tell them to end; if they stayed they would keep its lock, and no build could begin any more."""
    lines = (
        "from pathlib import Path",
        "from build_tools.files import Lock",
        "from build_tools.workers import spread",
        "from tests.test_kill import _sleep",
        "if __name__ == '__main__':",
        f"    lock = Lock(Path({str(tmp_path)!r}))",
        f"    for _ in spread(_sleep, None, [0] + [999] * 9, workers=2, method={method!r}):",
        "        print(flush=True)",
    )
    (tmp_path / "killed.py").write_text("\n".join(lines), encoding="utf-8")
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(root)])}
    command = [sys.executable, str(tmp_path / "killed.py")]
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"\n"
        process.kill()
        assert process.stdout.read() == b""  # which comes to an end when the last that could write does
    Lock(tmp_path).release()
