"""The files that let continuous integration build provinces apart do what they say, run step by step as they stand."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.cli.usage import parser
from build_tools.store import Store
from tests.gitwork import Repo
from tests.sitework import environment, tree, workshop

pytestmark = pytest.mark.xdist_group("ci")

GITHUB, GITLAB = ".github/workflows/site.yml", ".gitlab/site.yml"


@pytest.fixture(scope="module")
def github(root: Path) -> Mapping[str, Any]:
    """The jobs of the workflow."""
    return dict(yaml.safe_load((root / GITHUB).read_text(encoding="utf-8"))["jobs"])


@pytest.fixture(scope="module")
def gitlab(root: Path) -> Mapping[str, Any]:
    """The jobs of the pipeline."""
    return dict(yaml.safe_load((root / GITLAB).read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def provinces(root: Path) -> list[str]:
    """Every province that can have a folder."""
    return sorted(code for code in Store(root).register() if len(code) == 2)


@pytest.fixture(scope="module")
def shop(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with its site, and the command where `make setup` puts it."""
    folder = workshop(root, tmp_path_factory.mktemp("ci"))
    shutil.copy(root / "addresses.txt", folder)
    command = folder / ".venv/bin/nianbao"
    command.parent.mkdir(parents=True)
    command.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m build_tools "$@"\n', encoding="utf-8"
    )
    command.chmod(0o755)
    Repo(folder).init().commit("收录")
    _bash(folder, ".venv/bin/nianbao build --to whole", {})
    return folder


def _bash(folder: Path, script: str, variables: Mapping[str, str]) -> str:
    """Run a step as the runner does, but for `make setup`."""
    script = script.replace("make setup", "true")
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env=environment() | dict(variables),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _plan(job: Mapping[str, Any], folder: Path, machines: int) -> Mapping[str, str]:
    """The outputs of the step that makes the groups."""
    told = folder / "output"
    told.unlink(missing_ok=True)
    _bash(folder, _runs(job)[0], {"GITHUB_OUTPUT": str(told), "MACHINES": str(machines)})
    return dict(line.split("=", 1) for line in told.read_text(encoding="utf-8").splitlines())


def _runs(job: Mapping[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


def test_groups_are_groups(request: pytest.FixtureRequest) -> None:
    """Tests of a group run in one worker, so that what they share is made once; pytest 9.2 lost this without a word."""
    assert request.node.nodeid.endswith("@ci") or "PYTEST_XDIST_WORKER" not in os.environ


@pytest.mark.parametrize("machines", [1, 3, 16, 40])
def test_every_province_is_in_one_group(
    github: Mapping[str, Any], provinces: list[str], tmp_path: Path, machines: int
) -> None:
    """Whatever reports/ holds, each province is made once, by about as many machines as there may be."""
    for code in provinces:
        (tmp_path / "reports" / code).mkdir(parents=True)
        (tmp_path / "reports" / code / "some").write_bytes(b"0" * 1000 * int(code))
    groups = json.loads(_plan(github["plan"], tmp_path, machines)["groups"])
    assert sorted(code for group in groups for code in group.split()) == provinces
    assert len(groups) == min(machines, len(provinces))


def test_only_what_is_there_is_planned(github: Mapping[str, Any], tmp_path: Path) -> None:
    """One province, one machine."""
    (tmp_path / "reports/33").mkdir(parents=True)
    (tmp_path / "reports/divisions.csv").touch()
    plan = _plan(github["plan"], tmp_path, 16)
    assert json.loads(plan["groups"]) == ["33"]
    assert re.fullmatch("20[0-9]{2}", plan["year"])


def test_every_province_is_in_one_group_of_the_list(gitlab: Mapping[str, Any], provinces: list[str]) -> None:
    """The list cannot be made of reports/ there; it has every province once."""
    (matrix,) = gitlab["shard"]["parallel"]["matrix"]
    assert sorted(code for group in matrix["PROVINCES"] for code in group.split()) == provinces


def _commands(text: str) -> Iterator[list[str]]:
    for line in re.findall(r"nianbao ((?:build|assemble|deploy|check|addresses)\b[^;\n]*)", text):
        yield shlex.split(re.sub(r"\$\w+", "33", line))


@pytest.mark.parametrize("path", [GITHUB, GITLAB])
def test_commands_are_understood(root: Path, path: str) -> None:
    """Every command, also one in a comment, is one that can be typed."""
    commands = list(_commands((root / path).read_text(encoding="utf-8")))
    assert {command[0] for command in commands} == {"build", "assemble", "addresses", "deploy"}
    for command in commands:
        parser().parse_args(command)


def test_actions_are_pinned(root: Path) -> None:
    """By commit, with its tag; the same commit in every workflow for a host."""
    for host in (".github", ".gitea"):
        pins: dict[str, set[str]] = {}
        for path in sorted((root / host / "workflows").glob("*.yml")):
            for name, pin in re.findall(r"uses: (\S+?)@(.*)", path.read_text(encoding="utf-8")):
                assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin), (path, name)
                pins.setdefault(name, set()).add(pin)
        assert pins
        assert [name for name, found in pins.items() if len(found) > 1] == []


def test_github(github: Mapping[str, Any], shop: Path) -> None:
    """All steps in order make the site that one build makes."""
    year = {"NIANBAO_YEAR": "2026"}
    packed = shop / "packed"
    for group in json.loads(_plan(github["plan"], shop, 2)["groups"]):
        for step in _runs(github["shard"]):
            _bash(shop, step.replace("mkdir packed", "mkdir -p packed"), {**year, "PROVINCES": group})
    _bash(shop, "mv shards made", {})
    assert len(list(packed.iterdir())) == 3
    for step in _runs(github["assemble"]):
        _bash(shop, step, year)
    assert tree(shop / "site") == tree(shop / "whole")
    assert _bash(shop, "tar -tzf site.tar.gz ./index.html", {}) == "./index.html\n"
    _bash(shop, "rm -rf packed shards made site .site.twin", {})


def test_gitlab(gitlab: Mapping[str, Any], shop: Path) -> None:
    """The same; provinces without reports are in the list too."""
    before = "\n".join(gitlab[".nianbao"]["before_script"])
    created = {"CI_PIPELINE_CREATED_AT": "2026-01-31T16:47:55Z"}
    for group in ("33 21", "41 64", "37 12"):
        assert group in gitlab["shard"]["parallel"]["matrix"][0]["PROVINCES"]
        script = "\n".join([before, *gitlab["shard"]["script"]]).replace("mkdir packed", "mkdir -p packed")
        _bash(shop, script, {**created, "PROVINCES": group})
    _bash(shop, "mv shards made", {})
    _bash(shop, "\n".join([before, *gitlab["assemble"]["script"]]), created)
    assert tree(shop / "site") == tree(shop / "whole")
    _bash(shop, "rm -rf packed shards made site .site.twin", {})


def test_the_history_is_whole(root: Path, gitlab: Mapping[str, Any]) -> None:
    """Where a site is built all commits are fetched: of some alone no page could tell what was changed."""
    checked = []
    hosts = [root / f"docs/hosts/{name}.yml" for name in ("gitea", "github-pages")]
    workflows = [
        path for host in (".github", ".gitea") for path in sorted(root.glob(f"{host}/workflows/*.yml"))
    ]
    for path in [*workflows, *hosts]:
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items():
            text = " ".join(_runs(job))
            if any(
                words in text
                for words in (
                    "make build",
                    "make addresses",
                    "make offline",
                    "nianbao build",
                    "nianbao assemble",
                )
            ):
                (checkout,) = [step for step in job["steps"] if "actions/checkout" in step.get("uses", "")]
                assert checkout["with"]["fetch-depth"] == 0, (path.name, name)
                checked.append(name)
    assert checked == ["test", "preview", "shard", "assemble", "preview", "publish", "build"]
    pages = yaml.safe_load((root / "docs/hosts/gitlab-pages.yml").read_text(encoding="utf-8"))["pages"]
    assert {job["variables"]["GIT_DEPTH"] for job in (gitlab[".nianbao"], pages)} == {"0"}


def test_needs(root: Path, github: Mapping[str, Any], gitlab: Mapping[str, Any]) -> None:
    """What is joined is what was made: after it, in the same year, with the same Python."""
    assert set(github["assemble"]["needs"]) == {"plan", "shard"}
    report = yaml.safe_load((root / ".gitlab/report.yml").read_text(encoding="utf-8"))
    assert (
        gitlab["stages"] == report["stages"] == ["report", "shard", "assemble"]
    )  # of the last that is included
    assert gitlab["shard"]["extends"] == gitlab["assemble"]["extends"] == ".nianbao"
    years = {github[job]["env"]["NIANBAO_YEAR"] for job in ("shard", "assemble")}
    pythons = [
        step["with"]["python-version"]
        for job in ("shard", "assemble")
        for step in github[job]["steps"]
        if "setup-python" in step.get("uses", "")
    ]
    assert years == {"${{ needs.plan.outputs.year }}"}
    assert len(pythons) == 2
    assert len(set(pythons)) == 1
    assert os.fspath(gitlab[".nianbao"]["image"]).startswith("python:3.")
