"""The hooks that other archives can use: installed as pre-commit installs them, run as it runs them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.formatting import layout
from build_tools.forms import official
from build_tools.model import Unit
from build_tools.units import kinds
from build_tools.write import unit_text
from tests.casework import ORIGINALS, base, yaml_text
from tests.gitwork import Repo

ROOT = Path(__file__).parent.parent
FOLDER = "reports/33/330411/330411199"
REPORT = f"{FOLDER}/2022.yml"
HOOKS: Mapping[str, Mapping[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}

pytestmark = pytest.mark.xdist_group("hooks")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as pip installs it from a clone; what it needs is here already."""
    source, target = tmp_path_factory.mktemp("clone"), tmp_path_factory.mktemp("installed")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(
        ROOT / "build_tools", source / "build_tools", ignore=shutil.ignore_patterns("__pycache__")
    )
    words = ["install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(target)]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", *words, str(source)]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def archive(tmp_path: Path) -> Repo:
    """Another archive, which has nothing of this repository but the hooks."""
    repo = Repo(tmp_path / "archive").init()
    repo.write(
        "reports/divisions.csv",
        "code,name,valid_from,valid_to,successor\n33,浙江省,,,\n3304,嘉兴市,,,\n330411,秀洲区,,,\n",
    )
    repo.write(".gitignore", "/.cache/\n")
    repo.write(f"{FOLDER}/unit.yml", unit_text(Unit("330411199", "示例镇", kinds()["镇"])))
    for name, original in ORIGINALS.items():
        repo.write(f"{FOLDER}/source/{name}", original)
    tidy, _ = layout(yaml_text(base(official()["2021"], 2022)), "330411199", 2022)
    assert tidy
    repo.write(REPORT, tidy)
    repo.commit("收录")
    return repo


def run(installed: Path, archive: Repo, hook: str) -> subprocess.CompletedProcess[str]:
    """The hook on all files that it is for, from the top of the repository."""
    about = HOOKS[hook]
    files = [
        file
        for file in archive.git("ls-files").split("\n")
        if re.search(about["files"], file) and not re.search(about["exclude"], file)
    ]
    assert files == [REPORT, f"{FOLDER}/unit.yml"]
    program, *words = shlex.split(about["entry"])
    return subprocess.run(
        [sys.executable, str(installed / "bin" / program), *words, *files],
        cwd=archive.folder,
        env={**os.environ, "PYTHONPATH": str(installed), "NIANBAO_YEAR": "2026"},
        capture_output=True,
        text=True,
        check=False,
    )


def change(archive: Repo, old: str, new: str) -> None:
    text = (archive.folder / REPORT).read_text(encoding="utf-8")
    assert old in text
    archive.write(REPORT, text.replace(old, new, 1))


@pytest.mark.parametrize("hook", HOOKS)
def test_a_sound_archive_passes(installed: Path, archive: Repo, hook: str) -> None:
    """And not a byte of it is changed."""
    done = run(installed, archive, hook)
    assert done.returncode == 0, done.stdout + done.stderr
    assert archive.git("status", "--porcelain") == ""


def test_check_stops_at_an_error(installed: Path, archive: Repo) -> None:
    change(archive, "新收: [0,", "新收: [3,")
    done = run(installed, archive, "nianbao-check")
    assert done.returncode == 1
    assert f"{REPORT}:" in done.stdout
    assert "T3-ROW-SUM" in done.stdout


def test_fmt_lays_out(installed: Path, archive: Repo) -> None:
    """pre-commit stops where a hook changed a file; the second time it passes."""
    whole = (archive.folder / REPORT).read_bytes()
    change(archive, "新收: [0, 0,", "新收: [0,    0,")
    run(installed, archive, "nianbao-fmt")
    assert (archive.folder / REPORT).read_bytes() == whole


def test_the_definitions_are_what_pre_commit_reads() -> None:
    """Keys, kinds and expressions, as its documentation of .pre-commit-hooks.yaml has them."""
    known = {
        *("id", "name", "entry", "language", "files", "exclude", "types", "types_or", "exclude_types"),
        *("always_run", "fail_fast", "verbose", "pass_filenames", "require_serial", "description"),
        *("language_version", "minimum_pre_commit_version", "args", "stages", "additional_dependencies"),
    }
    assert set(HOOKS) == {"nianbao-fmt", "nianbao-check"}
    for hook in HOOKS.values():
        assert {"id", "name", "entry", "language"} <= set(hook) <= known
        assert hook["language"] == "python"
        assert (
            hook["require_serial"] is True
        )  # all files at once: years of a unit are held against each other
        re.compile(hook["files"])
        re.compile(hook["exclude"])


def test_our_own_hooks_are_for_the_same_files() -> None:
    local = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0][
        "hooks"
    ]
    ours = {hook["id"]: hook for hook in local if hook["id"] in HOOKS}
    assert set(ours) == set(HOOKS)
    for id_, hook in ours.items():
        assert (hook["files"], hook["exclude"]) == (HOOKS[id_]["files"], HOOKS[id_]["exclude"])
