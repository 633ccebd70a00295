"""A build that cannot succeed says why and leaves the last good site alone."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.buildwork import state
from tests.sitework import COMMAND, NIANBAO, build, environment, tree, workshop

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


def _unit_without_prefecture(folder: Path) -> None:
    path = folder / "reports/divisions.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("1301,")), encoding="utf-8")
    target = folder / "reports/13/130102/130102001"
    target.mkdir(parents=True)
    shutil.copy(folder / UNIT, target)


def _county_in_another_province(folder: Path) -> None:
    (folder / "reports/34/330411").mkdir(parents=True)


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
    _county_in_another_province: ("reports/34/330411", "ID-PATH"),
    _unknown_county: ("ID-CODE-PARENT", "330499"),
    _unit_without_prefecture: ("ID-CODE-PARENT", "没有 1301 这个代码"),
}


@pytest.fixture(scope="module")
def good(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workshop with a finished site."""
    folder = workshop(root, tmp_path_factory.mktemp("good"))
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    """A workshop with a finished site, to be changed freely."""
    copied = tmp_path / "work"
    shutil.copytree(good, copied, symlinks=True)
    return copied


def _run(command: list[str], folder: Path, **variables: str) -> tuple[int, str]:
    env = {**environment(), **variables}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f.__name__)
def test_fault_stops_the_build(folder: Path, fault: Callable[[Path], None]) -> None:
    """Both ways to build: a message that names the place, no traceback, and the old site untouched."""
    before = state(folder / "site")
    fault(folder)
    for command, status in ((COMMAND, 1), (NIANBAO, 2 if fault is _no_register else 1)):
        returned, output = _run(command, folder)
        assert returned == status
        assert "Traceback" not in output
        for words in FAULTS[fault]:
            assert words in output
        assert state(folder / "site") == before


@pytest.mark.parametrize(
    ("name", "way"),
    [("MkDocs", COMMAND), ("nianbao", NIANBAO)],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_warning_of_mkdocs_stops_the_build(folder: Path, name: str, way: list[str]) -> None:
    """A link to nothing in a page written by hand, told by MkDocs itself."""
    before = state(folder / "site")
    (folder / "docs/about.md").write_text("# 关于\n\n[没有](nowhere.md)\n", encoding="utf-8")
    status, output = _run(way, folder)
    assert (status, "nowhere.md" in output, "Traceback" in output) == (1, True, False), name
    assert state(folder / "site") == before


def test_both_ways_build_the_same(folder: Path) -> None:
    """And see the same changes: those of reports, of pages written by hand, of the theme, of settings."""
    _add_a_sentence(folder / REPORT)
    (folder / "docs/about.md").write_text("# 新的\n", encoding="utf-8")
    shell = folder / "overrides/base.html"
    shell.write_text(
        shell.read_text(encoding="utf-8").replace("</body>", "<!-- 新 --></body>"), encoding="utf-8"
    )
    assert _run(NIANBAO, folder)[0] == 0
    site = tree(folder / "site")
    assert "新的" in site["about/index.html"].decode()
    assert "<!-- 新 -->" in site["units/330411103/2020/index.html"].decode()
    assert "没有变化" in _run(NIANBAO, folder)[1]
    assert _run(NIANBAO, folder, EDIT_BASE="https://git.example/edit/")[0] == 0
    assert b"https://git.example/edit/reports/" in tree(folder / "site")["units/330411103/2020/index.html"]
    assert _run(NIANBAO, folder)[0] == 0
    assert tree(folder / "site") == site

    before = state(folder / "site")
    for kept in (".cache", ".site.twin"):
        shutil.rmtree(folder / kept, ignore_errors=True)
    assert _run(COMMAND, folder)[0] == 0
    assert state(folder / "site") == before
    for kept in (".cache", ".site.twin", "site"):
        shutil.rmtree(folder / kept, ignore_errors=True)
    assert _run(COMMAND, folder)[0] == 0
    assert tree(folder / "site") == site


def _add_a_sentence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(总体情况: \|[^\n]*\n +)", r"\1新的一句。", text, count=1), encoding="utf-8")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL], ids=lambda sign: sign.name)
@pytest.mark.parametrize("way", [COMMAND, NIANBAO], ids=["MkDocs", "nianbao"])
def test_interrupted(folder: Path, sign: signal.Signals, way: list[str]) -> None:
    """Ctrl-C or worse while a build is under way leaves the old site as it was, and the next build is right."""
    old = tree(folder / "site")
    (folder / "docs/about.md").write_text("# 新的\n", encoding="utf-8")
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        way, cwd=folder, env=environment(), stdout=quiet, stderr=quiet, start_new_session=True
    )
    _wait_for(folder / ".cache/nianbao/hub.new", process)
    os.killpg(process.pid, sign)
    assert process.wait(timeout=60) != 0
    assert tree(folder / "site") == old
    assert _run(NIANBAO, folder)[0] == 0
    assert "新的" in (folder / "site/about/index.html").read_text(encoding="utf-8")


def _wait_for(sign: Path, process: subprocess.Popen[bytes]) -> None:
    """Until there is a sign that a build is under way."""
    while not sign.exists():
        assert process.poll() is None, "over before it was seen to begin"
        time.sleep(0.005)


@pytest.mark.parametrize("at", [".cache", ".site.twin", "site"])
def test_a_place_that_cannot_be_written(folder: Path, at: str) -> None:
    """A file stands where a folder has to be: it is told which, without a traceback, and nothing is touched."""
    before = tree(folder / "site")
    shutil.rmtree(folder / at, ignore_errors=True)
    (folder / at).write_text("?", encoding="utf-8")
    (folder / "docs/about.md").write_text("# 新的\n", encoding="utf-8")
    for way in (COMMAND, NIANBAO):
        status, output = _run(way, folder)
        assert (status != 0, str(folder / at) in output, "Traceback" in output) == (True, True, False), output
        assert (folder / at).read_text(encoding="utf-8") == "?"
        assert at == "site" or tree(folder / "site") == before
