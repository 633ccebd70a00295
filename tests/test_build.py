"""A build that cannot succeed says why and leaves the last good site alone."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sitework import COMMAND, build, environment, tree, workshop

pytestmark = pytest.mark.xdist_group("build")

REPORT = "reports/33/330411/330411103/2020.yml"
UNIT = "reports/33/330411/330411103/unit.yml"


def _wrong_sum(folder: Path) -> None:
    path = folder / REPORT
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("新收: [4, 0, 0, 0, 0, 0, 4]", "新收: [4, 0, 0, 0, 0, 0, 5]"), encoding="utf-8"
    )


def _broken_unit(folder: Path) -> None:
    (folder / UNIT).write_text("名称: [", encoding="utf-8")


def _no_unit(folder: Path) -> None:
    (folder / UNIT).unlink()


def _no_division(folder: Path) -> None:
    path = folder / "reports/divisions.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("330411,")), encoding="utf-8")


def _no_register(folder: Path) -> None:
    (folder / "reports/divisions.csv").unlink()


def _not_text(folder: Path) -> None:
    (folder / REPORT).write_bytes(b"\xff\xfe\x00")


def _link(folder: Path) -> None:
    (folder / "reports/33/330411/330411103/2019.yml").symlink_to("/etc/passwd")


def _directory(folder: Path) -> None:
    (folder / REPORT).unlink()
    (folder / REPORT).mkdir()


def _pipe(folder: Path) -> None:
    (folder / UNIT).unlink()
    os.mkfifo(folder / UNIT)


def _piped_report(folder: Path) -> None:
    os.mkfifo(folder / "reports/33/330411/330411103/2019.yml")


def _linked_unit(folder: Path) -> None:
    (folder / UNIT).unlink()
    (folder / UNIT).symlink_to("/etc/hostname")


def _elsewhere(folder: Path) -> None:
    target = folder / "reports/41/410182/330411103"
    target.mkdir()
    shutil.copy(folder / UNIT, target)


def _unknown_county(folder: Path) -> None:
    target = folder / "reports/33/330499/330499100"
    target.mkdir(parents=True)
    shutil.copy(folder / UNIT, target)


FAULTS: dict[Callable[[Path], None], tuple[str, ...]] = {
    _wrong_sum: (REPORT, "T3-ROW-SUM", "差 1"),
    _broken_unit: (UNIT, "YAML-SYNTAX"),
    _no_unit: (UNIT, "没有 unit.yml", "名称: 某某镇"),
    _no_division: ("ID-CODE-PARENT", "330411"),
    _no_register: ("divisions.csv",),
    _not_text: (REPORT, "UTF-8"),
    _link: ("2019.yml", "链接"),
    _directory: (REPORT,),
    _pipe: (UNIT, "不是普通文件"),
    _piped_report: ("2019.yml", "不在该在的位置"),
    _linked_unit: (UNIT, "链接"),
    _elsewhere: ("ID-PATH", "reports/33/330411/330411103"),
    _unknown_county: ("ID-CODE-PARENT", "330499"),
}


@pytest.fixture(scope="module")
def good(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workshop with a finished site."""
    folder = workshop(root, tmp_path_factory.mktemp("good"))
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.__name__)
def test_fault_stops_the_build(good: Path, tmp_path: Path, fault: Callable[[Path], None]) -> None:
    """Exit status 1, a message that names the place, no traceback, and the old site untouched."""
    folder = tmp_path / "work"
    shutil.copytree(good, folder)
    before = tree(folder / "site")
    fault(folder)
    done = build(folder)

    assert done.returncode == 1
    output = done.stdout + done.stderr
    assert "Traceback" not in output
    for words in FAULTS[fault]:
        assert words in output
    assert tree(folder / "site") == before
    assert not (folder / ".site.new").exists()


@pytest.mark.parametrize("delay", [0.2, 0.5, 0.7, 0.9, 1.2])
def test_interrupt_leaves_a_whole_site(good: Path, tmp_path: Path, delay: float) -> None:
    """Ctrl-C at any moment leaves the old site or the new one, whole, and no half-written folder."""
    folder = tmp_path / "work"
    shutil.copytree(good, folder)
    old = tree(folder / "site")
    (folder / "docs/about.md").write_text("# 新的\n", encoding="utf-8")
    process = subprocess.Popen(
        COMMAND, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    status = process.wait(timeout=60)
    now = tree(folder / "site")

    assert now == old or (set(now) == set(old) and "新的" in now["about/index.html"].decode())
    assert status != 0 or now != old
    assert [p.name for p in folder.iterdir() if p.name.startswith(".site")] == []
